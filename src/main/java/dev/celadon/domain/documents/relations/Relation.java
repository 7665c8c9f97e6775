package dev.celadon.domain.documents.relations;

import dev.celadon.api.Time;
import dev.celadon.domain.documents.guards.Guard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A relationship as one of its two tables sees it.
 *
 * @param number names the links in SQL, for ever
 * @param parent whether this table is the one in which the relationship was made
 * @param key what this table's column is called
 * @param otherKey what the other table's column is called, or would be
 * @param other the id of the table that it leads to
 * @param otherNumber names that table in SQL
 * @param junction names the table of pairs in SQL; 0 where there is none
 * @param hidden whether this table's column is nothing to know of for whom this is
 * @param guard who may read this table's column, and who may link by it
 */
public record Relation(
    long number,
    Kind kind,
    boolean twoWay,
    OnDelete onDelete,
    boolean parent,
    String key,
    String otherKey,
    String other,
    long otherNumber,
    long junction,
    boolean hidden,
    Guard guard,
    Instant created,
    Instant updated) {

  /** How many of the one table belong to how many of the other; named as on the wire. */
  public enum Kind {
    ONE_TO_ONE("oneToOne"),
    ONE_TO_MANY("oneToMany"),
    MANY_TO_ONE("manyToOne"),
    MANY_TO_MANY("manyToMany");

    private final String wire;

    Kind(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }

    /** The kind that the wire calls {@code wire}, one of {@link #names}. */
    public static Kind of(String wire) {
      return Stream.of(values()).filter(kind -> kind.wire.equals(wire)).findFirst().orElseThrow();
    }

    public static List<String> names() {
      return Stream.of(values()).map(kind -> kind.wire).toList();
    }
  }

  /** What becomes of those that are linked to a row that is deleted. */
  public enum OnDelete {
    /** The row cannot be deleted while one is. */
    RESTRICT("restrict"),
    /** They are deleted, too. */
    CASCADE("cascade"),
    /** They stay, and are linked no more. */
    SET_NULL("setNull");

    private final String wire;

    OnDelete(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }

    /** The one that the wire calls {@code wire}, one of {@link #names}. */
    public static OnDelete of(String wire) {
      return Stream.of(values()).filter(one -> one.wire.equals(wire)).findFirst().orElseThrow();
    }

    public static List<String> names() {
      return Stream.of(values()).map(one -> one.wire).toList();
    }
  }

  /** Where the links of this table's rows are kept. */
  public enum Kept {
    /** In a column of this table. */
    HERE,
    /** In a column of the other table. */
    THERE,
    /** In a table of pairs. */
    APART
  }

  /** The relations of a table as {@code celadon.shapes} gives them. */
  public static List<Relation> read(@Nullable String json) {
    if (json == null) return List.of();
    return new JsonArray(json).stream().map(one -> read((JsonObject) one)).toList();
  }

  private static Relation read(JsonObject json) {
    var junction = json.getLong("junction");
    var created = json.getString("created");
    var updated = json.getString("updated");
    return new Relation(
        json.getLong("number"),
        Kind.valueOf(json.getString("kind")),
        json.getBoolean("twoWay"),
        OnDelete.valueOf(json.getString("onDelete")),
        json.getString("side").equals("parent"),
        json.getString("key"),
        json.getString("otherKey"),
        json.getString("other"),
        json.getLong("otherNumber"),
        junction == null ? 0 : junction,
        false,
        Guard.of(
            json.getJsonArray("permissions", new JsonArray()).stream().map(String.class::cast)),
        created == null ? Instant.EPOCH : Instant.parse(created),
        updated == null ? Instant.EPOCH : Instant.parse(updated));
  }

  /** Whether this table has a column for it. */
  public boolean shown() {
    return (parent || twoWay) && !hidden;
  }

  /** The same for those from whom this table's column is hidden: its rules hold all the same. */
  public Relation unseen() {
    return new Relation(
        number,
        kind,
        twoWay,
        onDelete,
        parent,
        key,
        otherKey,
        other,
        otherNumber,
        junction,
        true,
        guard,
        created,
        updated);
  }

  /** Whether a row of this table is linked to a list. */
  public boolean many() {
    return kind == Kind.MANY_TO_MANY || kind == (parent ? Kind.ONE_TO_MANY : Kind.MANY_TO_ONE);
  }

  public Kept kept() {
    return switch (kind) {
      case MANY_TO_MANY -> Kept.APART;
      case ONE_TO_MANY -> parent ? Kept.THERE : Kept.HERE;
      case ONE_TO_ONE, MANY_TO_ONE -> parent ? Kept.HERE : Kept.THERE;
    };
  }

  /** The column of links in SQL, in whichever table it is. */
  public String link() {
    return "r" + number;
  }

  /** In a table of pairs, the column of this table's rows. */
  public String near() {
    return parent ? "parent" : "child";
  }

  /** In a table of pairs, the column of the other table's rows. */
  public String far() {
    return parent ? "child" : "parent";
  }

  /**
   * What becomes of the rows that are linked to one of this table's when that is deleted. It acts
   * from the one to the many, and otherwise from the parent to the child; with two sides shown, a
   * cascade between one and one goes both ways.
   */
  public OnDelete onDeleteHere() {
    boolean acts =
        switch (kind) {
          case ONE_TO_ONE -> parent || (twoWay && onDelete == OnDelete.CASCADE);
          case ONE_TO_MANY, MANY_TO_MANY -> parent;
          case MANY_TO_ONE -> !parent;
        };
    return acts ? onDelete : OnDelete.SET_NULL;
  }

  /** The same relationship as the other table, {@code id}, sees it. */
  public Relation reversed(String id, long number) {
    return new Relation(
        this.number,
        kind,
        twoWay,
        onDelete,
        !parent,
        otherKey,
        key,
        id,
        number,
        junction,
        false,
        Guard.NONE,
        created,
        updated);
  }

  /** The column as clients see it; either vocabulary finds the table's name as it calls it. */
  public JsonObject json() {
    var json = guard.none() ? new JsonObject() : new JsonObject().put("$permissions", guard.json());
    return json.put("key", key)
        .put("type", "relationship")
        .put("status", "available")
        .put("error", "")
        .put("required", false)
        .put("array", false)
        .put("$createdAt", Time.format(created))
        .put("$updatedAt", Time.format(updated))
        .put("relatedTable", other)
        .put("relatedCollection", other)
        .put("relationType", kind.wire)
        .put("twoWay", twoWay)
        .put("twoWayKey", otherKey)
        .put("onDelete", onDelete.wire)
        .put("side", parent ? "parent" : "child");
  }
}
