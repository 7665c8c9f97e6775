package dev.celadon.realtime;

import dev.celadon.api.Actor;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Who stands behind a connection.
 *
 * @param project which project's events it asks for
 * @param actor on whose behalf; its roles decide what it may see
 * @param account the account as {@code GET /v1/account} renders it, or null for who has none
 */
public record Visitor(String project, Actor actor, @Nullable JsonObject account) {

  /** The same without the account, which is needed only while greeting. */
  Visitor brief() {
    return account == null ? this : new Visitor(project, actor, null);
  }

  /** The id of the user, or empty. */
  String user() {
    return actor instanceof Actor.User user ? user.id() : "";
  }
}
