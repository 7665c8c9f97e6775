package dev.celadon.domain.documents.staging;

import dev.celadon.api.Actor;
import dev.celadon.api.Call;
import dev.celadon.event.EventLog;

/**
 * Who works with a transaction.
 *
 * @param timeoutMs milliseconds that one statement may take; 0 for what is usual
 */
public record Caller(String project, Actor actor, int timeoutMs) {

  public static Caller of(Call call) {
    return new Caller(call.project(), call.actor(), Math.max(0, call.origin().timeoutMs()));
  }

  /** As the owner of a transaction is noted. */
  public String name() {
    return EventLog.actor(actor);
  }
}
