package dev.celadon.domain.users;

import dev.celadon.api.Actor;
import dev.celadon.api.Call;

/** Gives a session its secret: as a cookie, and in the body only to a server's key. */
public record Signing(Tokens tokens) {

  public Session sign(Call call, Session session) {
    var token = tokens.session(call.project(), session.user(), session.id(), session.expires());
    return session.signed(token, call.actor() instanceof Actor.Key);
  }
}
