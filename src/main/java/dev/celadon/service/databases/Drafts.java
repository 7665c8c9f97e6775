package dev.celadon.service.databases;

import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Columns;
import dev.celadon.domain.documents.Indexes;
import dev.celadon.domain.documents.Kind;
import dev.celadon.domain.documents.guards.Guard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Columns and indexes that come with a new table, as objects that say what their endpoints take.
 */
final class Drafts {

  static final Rule<String> INDEX_TYPE = Rules.oneOf("key", "fulltext", "unique", "spatial");
  static final Rule<String> ORDER =
      Rules.mapped(
          Rules.oneOf("ASC", "DESC", "asc", "desc", "Asc", "Desc"),
          order -> order.toUpperCase(Locale.ROOT));

  /** A key, or one of the system's own. */
  static Rule<String> column(Rule<String> key) {
    return Rules.rule(
        Schema.TEXT,
        raw ->
            raw instanceof String own && own.matches("\\$[a-zA-Z]{1,20}") ? own : key.accept(raw));
  }

  /** Whole numbers, or nulls for no length. */
  static final Rule<List<Long>> LENGTHS =
      Rules.rule(
          Schema.list(Schema.INTEGER),
          raw -> {
            if (!(raw instanceof JsonArray array) || array.size() > 100) {
              throw new Rule.Refused("must be a list of at most 100 numbers");
            }
            var lengths = new ArrayList<Long>(array.size());
            for (int i = 0; i < array.size(); i++) {
              var length = array.getValue(i);
              lengths.add(length == null ? 0L : Rules.integer(0, 768).accept(length));
            }
            return List.copyOf(lengths);
          });

  static Rule<Columns.Draft> column(Dialect words) {
    return Rules.rule(
        Schema.OBJECT,
        raw -> {
          if (!(raw instanceof JsonObject json)) throw new Rule.Refused("must be an object");
          var kind = Kind.of(text(json, "type", "string"), text(json, "format", ""));
          if (kind == null) throw new Rule.Refused("has no known type of " + words.column);
          var key = Rules.key().accept(named(json));
          return new Columns.Draft(key, kind, settings(json, kind), guard(json));
        });
  }

  private static Guard guard(JsonObject json) throws Rule.Refused {
    var given = json.getValue(Settings.GUARD.name());
    return given == null ? Guard.NONE : Settings.GUARD.rule().accept(given);
  }

  private static Object named(JsonObject json) throws Rule.Refused {
    var key = json.getValue("key");
    if (key == null) key = json.getValue("$id");
    if (key == null) throw new Rule.Refused("has no key");
    return key;
  }

  private static Column.Settings settings(JsonObject json, Kind kind) throws Rule.Refused {
    return new Column.Settings(
        flag(json, "required"),
        kind.listed() && flag(json, "array"),
        kind.sized() ? Rules.integer(1, kind.maxSize()).accept(given(json, "size")) : 0,
        kind.ranged() ? bound(json, "min") : null,
        kind.ranged() ? bound(json, "max") : null,
        json.getValue("default"),
        kind == Kind.ENUM
            ? Rules.list(Rules.text(255), 100).accept(given(json, "elements"))
            : List.of(),
        kind.encryptable() && flag(json, "encrypt"));
  }

  private static Object given(JsonObject json, String name) throws Rule.Refused {
    var value = json.getValue(name);
    if (value == null) throw new Rule.Refused("needs a " + name);
    return value;
  }

  private static boolean flag(JsonObject json, String name) throws Rule.Refused {
    var value = json.getValue(name);
    return value != null && Rules.bool().accept(value);
  }

  private static @Nullable Number bound(JsonObject json, String name) throws Rule.Refused {
    var value = json.getValue(name);
    if (value == null) return null;
    var number = Settings.number(value);
    if (number == null) throw new Rule.Refused("has a " + name + " that is no number");
    return number;
  }

  private static String text(JsonObject json, String name, String otherwise) throws Rule.Refused {
    var value = json.getValue(name);
    if (value == null) return otherwise;
    if (value instanceof String text) return text;
    throw new Rule.Refused("has a " + name + " that is no text");
  }

  static Rule<Indexes.Draft> index(Dialect words) {
    return Rules.rule(
        Schema.OBJECT,
        raw -> {
          if (!(raw instanceof JsonObject json)) throw new Rule.Refused("must be an object");
          var names = json.getValue(words.column + "s");
          if (names == null) names = json.getValue("attributes");
          if (names == null) throw new Rule.Refused("needs " + words.column + "s");
          var orders = json.getValue("orders");
          var lengths = json.getValue("lengths");
          return new Indexes.Draft(
              Rules.key().accept(named(json)),
              INDEX_TYPE.accept(given(json, "type")),
              Rules.list(column(words.key()), 100).accept(names),
              orders == null ? List.of() : Rules.list(ORDER, 100).accept(orders),
              lengths == null ? List.of() : LENGTHS.accept(lengths));
        });
  }

  private Drafts() {}
}
