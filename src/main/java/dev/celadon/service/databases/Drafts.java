package dev.celadon.service.databases;

import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Columns;
import dev.celadon.domain.documents.Indexes;
import dev.celadon.domain.documents.Kind;
import dev.celadon.domain.documents.guards.Guard;
import dev.celadon.domain.documents.relations.Relation;
import dev.celadon.domain.documents.relations.RelationColumns;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Columns and indexes that come with a new table, as objects that say what their endpoints take.
 */
public final class Drafts {

  /** The type of a column that leads to another table. */
  public static final String RELATIONSHIP = "relationship";

  /** Permissions of a column as they are shown. */
  private static final String SHOWN_GUARD = "$permissions";

  private static final Rule<String> WORD = Rules.text(0, 40);

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

  /** A column that comes with its table: it holds values, or it leads to another table. */
  record Inline(Columns.@Nullable Draft column, RelationColumns.@Nullable Draft relation) {}

  static Rule<Inline> column(Dialect words) {
    return Rules.rule(
        Schema.OBJECT,
        raw -> {
          var fields = Fields.of(raw, "");
          return RELATIONSHIP.equals(fields.raw("type"))
              ? new Inline(null, relation(words, fields))
              : new Inline(column(words, fields), null);
        });
  }

  /** A column that holds values. */
  public static Columns.Draft column(Dialect words, Fields fields) throws Rule.Refused {
    var kind =
        Kind.of(fields.find("type", WORD, Kind.STRING.type()), fields.find("format", WORD, ""));
    if (kind == null) throw fields.refuse("type", "must be a known type of " + words.column);
    return new Columns.Draft(named(fields), kind, settings(fields, kind), guard(fields));
  }

  /** A column of a relationship. */
  public static RelationColumns.Draft relation(Dialect words, Fields fields) throws Rule.Refused {
    var other = "related" + Dialect.capital(words.table);
    return new RelationColumns.Draft(
        fields.need(fields.has(other + "Id") ? other + "Id" : other, Rules.id()),
        Relation.Kind.of(fields.need("relationType", Rules.oneOf(Relation.Kind.names()))),
        fields.flag("twoWay"),
        named(fields),
        fields.find("twoWayKey", Rules.key()),
        Relation.OnDelete.of(
            fields.find("onDelete", Rules.oneOf(Relation.OnDelete.names()), "restrict")),
        guard(fields));
  }

  private static Guard guard(Fields fields) throws Rule.Refused {
    var name = fields.has(SHOWN_GUARD) ? SHOWN_GUARD : Settings.GUARD.name();
    return fields.find(name, Settings.GUARD.rule(), Guard.NONE);
  }

  private static String named(Fields fields) throws Rule.Refused {
    return fields.need(!fields.has("key") && fields.has("$id") ? "$id" : "key", Rules.key());
  }

  private static Column.Settings settings(Fields fields, Kind kind) throws Rule.Refused {
    return new Column.Settings(
        fields.flag("required"),
        kind.listed() && fields.flag("array"),
        kind.sized() ? fields.need("size", Rules.integer(1, kind.maxSize())) : 0,
        kind.ranged() ? bound(fields, "min") : null,
        kind.ranged() ? bound(fields, "max") : null,
        fields.raw("default"),
        kind == Kind.ENUM ? fields.need("elements", Settings.ELEMENTS.rule()) : List.of(),
        kind.encryptable() && fields.flag("encrypt"));
  }

  private static @Nullable Number bound(Fields fields, String name) throws Rule.Refused {
    var value = fields.raw(name);
    if (value == null) return null;
    var number = Settings.number(value);
    if (number == null) throw fields.refuse(name, "must be a number");
    return number;
  }

  static Rule<Indexes.Draft> index(Dialect words) {
    return Rules.rule(Schema.OBJECT, raw -> index(words, Fields.of(raw, "")));
  }

  /** An index. */
  public static Indexes.Draft index(Dialect words, Fields fields) throws Rule.Refused {
    var names = fields.has(words.column + "s") ? words.column + "s" : "attributes";
    return new Indexes.Draft(
        named(fields),
        fields.need("type", INDEX_TYPE),
        fields.need(fields.has(names) ? names : words.column + "s", columns(words)),
        fields.find("orders", Rules.list(ORDER, 100), List.of()),
        fields.find("lengths", LENGTHS, List.of()));
  }

  private static Rule<List<String>> columns(Dialect words) {
    return Rules.list(column(words.key()), 100);
  }

  private Drafts() {}
}
