package dev.celadon.service.account;

import dev.celadon.api.Actor;
import dev.celadon.api.Call;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;

/** The caller as the owner of an account. */
final class Self {

  /** Names the session of the call itself. */
  static final String CURRENT = "current";

  static final Param<String> SESSION =
      Param.path("sessionId", Rules.id(), "The session's id, or `current` for this call's own.");

  static final Param<String> PASSWORD =
      Param.body("password", Rules.password(), "The user's password, 8 to 256 characters.");

  /**
   * The caller, who must be a user of the project.
   *
   * @throws Failure {@link Fault#USER_UNAUTHORIZED} for keys, guests and administrators
   */
  static Actor.User of(Call call) {
    if (call.actor() instanceof Actor.User user) return user;
    throw Failure.with(Fault.USER_UNAUTHORIZED);
  }

  /** The id of the session that {@link #SESSION} names. */
  static String session(Call call) {
    var named = call.get(SESSION);
    return named.equals(CURRENT) ? of(call).session() : named;
  }

  /**
   * Refuses whoever has a session already, so that nobody ends up with two without knowing.
   *
   * @throws Failure {@link Fault#USER_SESSION_ALREADY_EXISTS}
   */
  static void refuseSignedIn(Call call) {
    if (call.actor() instanceof Actor.User) throw Failure.with(Fault.USER_SESSION_ALREADY_EXISTS);
  }

  private Self() {}
}
