package dev.celadon.event;

import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What the log keeps of one change beside who made it.
 *
 * @param ids the values of the event template's placeholders, by name
 * @param payload the resource as subscribers see it
 * @param readers the roles that may read the resource; {@code user:<id>} for a user's own things
 * @param version the resource's version after the change, or 0 where it has none
 */
public record Fact(
    Map<String, String> ids, JsonObject payload, Collection<String> readers, long version) {

  public static Fact of(Map<String, String> ids, JsonObject payload, String... readers) {
    return new Fact(ids, payload, List.of(readers), 0);
  }
}
