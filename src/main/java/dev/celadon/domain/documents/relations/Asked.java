package dev.celadon.domain.documents.relations;

import dev.celadon.api.Fault;
import dev.celadon.api.Ids;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Table;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks a row to be linked to.
 *
 * @param items ids, or objects that say what the related rows shall hold; empty for none
 */
record Asked(Relation relation, List<Object> items) {

  /** The most related rows that one list may name. */
  static final int MAX_ITEMS = 1_000;

  /** Whether {@code data} of a row of {@code table} speaks of related rows. */
  static boolean any(Table table, JsonObject data) {
    return !named(table, data).isEmpty();
  }

  /** The relations that {@code data} of a row of {@code table} speaks of. */
  static List<Relation> named(Table table, JsonObject data) {
    var named = new ArrayList<Relation>();
    for (var relation : table.relations()) {
      if (relation.shown() && data.containsKey(relation.key())) named.add(relation);
    }
    return named;
  }

  /** What {@code data} asks, relation by relation. */
  static List<Asked> of(Table table, JsonObject data) {
    var asked = new ArrayList<Asked>();
    for (var relation : named(table, data)) {
      asked.add(new Asked(relation, items(relation, data.getValue(relation.key()))));
    }
    return asked;
  }

  /** {@code data} without what is asked of related rows. */
  static JsonObject plain(Table table, JsonObject data) {
    var plain = new JsonObject();
    for (var key : data.fieldNames()) {
      if (table.relation(key) == null) plain.put(key, data.getValue(key));
    }
    return plain;
  }

  private static List<Object> items(Relation relation, @Nullable Object raw) {
    if (raw == null) return List.of();
    if (!relation.many()) return List.of(item(relation, raw));
    if (!(raw instanceof JsonArray array)) {
      throw invalid("'" + relation.key() + "' takes a list of ids or objects");
    }
    if (array.size() > MAX_ITEMS) {
      throw invalid("'" + relation.key() + "' takes at most " + MAX_ITEMS + " at once");
    }
    var items = new ArrayList<Object>(array.size());
    for (int i = 0; i < array.size(); i++) items.add(item(relation, array.getValue(i)));
    return items;
  }

  private static Object item(Relation relation, @Nullable Object raw) {
    if (raw instanceof JsonObject) return raw;
    if (raw instanceof String id && Ids.valid(id)) return id;
    throw invalid("'" + relation.key() + "' takes ids or objects");
  }

  static Refusal invalid(String reason) {
    return new Refusal(Fault.RELATIONSHIP_VALUE_INVALID, reason);
  }
}
