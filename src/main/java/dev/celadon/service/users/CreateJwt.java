package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.User;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.UserParams;
import java.time.Duration;

final class CreateJwt {

  static final String RECENT = "recent";
  static final Param<String> SESSION =
      Param.body("sessionId", Rules.id(), "The session that the token ends with; or `recent`.")
          .orElse(RECENT);

  static Action in(UsersService.Parts parts) {
    return Endpoint.post("/v1/users/{userId}/jwts")
        .named(UsersService.NAME, "createJWT")
        .doc(
            "Create JWT",
            "A token with which to act for a user. It ends with the user's latest session or the"
                + " one given, or after the given time.")
        .params(GetUser.USER, SESSION, UserParams.JWT_SECONDS)
        .scopes(Scope.USERS_WRITE)
        .returns(201, UserModels.JWT, call -> create(parts, call));
  }

  private static String create(UsersService.Parts parts, Call call) {
    var user = GetUser.of(parts.users(), call);
    var length = Duration.ofSeconds(call.get(UserParams.JWT_SECONDS));
    return parts.tokens().jwt(call.project(), user.id(), session(parts, call, user), length);
  }

  /** The session's id; empty for who has none, whose token lasts by itself. */
  private static String session(UsersService.Parts parts, Call call, User user) {
    var named = call.get(SESSION);
    if (!named.equals(RECENT)) {
      return parts.sessions().get(call.project(), user.id(), named).id();
    }
    var sessions = parts.sessions().list(call.project(), user.id());
    return sessions.isEmpty() ? "" : sessions.getLast().id();
  }
}
