package dev.celadon.domain.documents;

import dev.celadon.api.Fault;
import dev.celadon.api.Permission;
import dev.celadon.api.PermissionWords;
import dev.celadon.api.Rule;
import dev.celadon.domain.documents.guards.Guard;
import dev.celadon.domain.documents.relations.Relation;
import dev.celadon.store.Db;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads tables with their columns and indexes, each table in one row. */
public final class TableRows {

  private static final String ONE =
      """
      SELECT * FROM celadon.shapes
      WHERE project = $1 AND database = $2 AND id = $3 AND free = coalesce($4, free)\
      """;

  static Future<Optional<Table>> readAsync(Db db, Table.Place place) {
    return db.oneAsync(
        TableRows::table,
        ONE,
        place.project(),
        place.database(),
        place.table(),
        place.form().free());
  }

  /** The table as it is now. */
  public static Table read(Db db, Table.Place place) {
    return db.one(
            TableRows::table,
            ONE,
            place.project(),
            place.database(),
            place.table(),
            place.form().free())
        .orElseThrow(() -> missing(db, place));
  }

  /** The tables of a database as they are now, in the order in which they were made. */
  public static List<Table> all(Db db, Table.Place database) {
    var tables =
        db.list(
            TableRows::table,
            """
            SELECT * FROM celadon.shapes
            WHERE project = $1 AND database = $2 AND free = coalesce($3, free) ORDER BY number\
            """,
            database.project(),
            database.database(),
            database.form().free());
    if (tables.isEmpty() && !exists(db, database)) throw missing(database, false);
    return tables;
  }

  /** As {@link #all}; nobody else makes, changes or deletes one before the transaction ends. */
  public static List<Table> lockAll(Db tx, Table.Place database) {
    for (var lock :
        List.of(
            "SELECT 1 FROM celadon.databases WHERE project = $1 AND id = $2 FOR UPDATE",
            """
            SELECT 1 FROM celadon.tables WHERE project = $1 AND database = $2
            ORDER BY number FOR UPDATE\
            """)) {
      tx.run(lock, database.project(), database.database());
    }
    return all(tx, database);
  }

  /** The table, which nobody else changes before the end of the transaction. */
  public static Table lock(Db tx, Table.Place place) {
    tx.run(
        """
        SELECT 1 FROM celadon.tables WHERE project = $1 AND database = $2 AND id = $3 FOR UPDATE\
        """,
        place.project(),
        place.database(),
        place.table());
    return read(tx, place);
  }

  private static final String DATABASE =
      "SELECT id FROM celadon.databases WHERE project = $1 AND id = $2"
          + " AND (type = 'documentsdb') = coalesce($3, type = 'documentsdb')";

  private static Refusal missing(Db db, Table.Place place) {
    return missing(place, exists(db, place));
  }

  /** Whether there is a database of this form. */
  static boolean exists(Db db, Table.Place place) {
    var free = place.form().free();
    return db.one(row -> 1, DATABASE, place.project(), place.database(), free).isPresent();
  }

  /** Whether it is the table or its database that is not there. */
  static Future<Refusal> missingAsync(Db db, Table.Place place) {
    var free = place.form().free();
    return db.oneAsync(row -> row.getString(0), DATABASE, place.project(), place.database(), free)
        .map(database -> missing(place, database.isPresent()));
  }

  private static Refusal missing(Table.Place place, boolean database) {
    return database
        ? new Refusal(Fault.TABLE_NOT_FOUND, place.table())
        : new Refusal(Fault.DATABASE_NOT_FOUND, place.database());
  }

  static Table table(Row row) {
    boolean free = row.getBoolean("free");
    return new Table(
        new Table.Place(
            row.getString("project"),
            row.getString("database"),
            row.getString("id"),
            free ? Table.Form.FREE : Table.Form.TYPED),
        row.getLong("schema"),
        row.getLong("number"),
        row.getString("name"),
        row.getBoolean("enabled"),
        row.getBoolean("active"),
        row.getBoolean("secured"),
        Stream.of(row.getArrayOfStrings("permissions")).map(TableRows::permission).toList(),
        free
            ? List.of(Column.DOCUMENT)
            : objects(row.getString("columns")).map(TableRows::column).toList(),
        objects(row.getString("indexes")).map(TableRows::index).toList(),
        Relation.read(row.getString("relations")),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("updated").toInstant());
  }

  private static Permission permission(String text) {
    try {
      return PermissionWords.parse(text);
    } catch (Rule.Refused e) {
      throw new IllegalStateException("stored permission " + text, e);
    }
  }

  private static Stream<JsonObject> objects(@Nullable String json) {
    if (json == null) return Stream.empty();
    return new JsonArray(json).stream().map(JsonObject.class::cast);
  }

  private static Column column(JsonObject json) {
    return new Column(
        json.getLong("number"),
        json.getString("key"),
        Kind.valueOf(json.getString("kind")),
        Column.Settings.read(new JsonObject(json.getString("settings"))),
        Guard.of(texts(json.getJsonArray("permissions")).stream()),
        Instant.parse(json.getString("created")),
        Instant.parse(json.getString("updated")));
  }

  private static Index index(JsonObject json) {
    return new Index(
        json.getLong("number"),
        json.getString("key"),
        json.getString("kind"),
        texts(json.getJsonArray("columns")),
        texts(json.getJsonArray("orders")),
        json.getJsonArray("lengths").stream().map(n -> ((Number) n).longValue()).toList(),
        new Index.State(json.getString("status"), json.getString("error")),
        Instant.parse(json.getString("created")),
        Instant.parse(json.getString("updated")));
  }

  private static List<String> texts(JsonArray array) {
    var texts = new ArrayList<String>(array.size());
    for (int i = 0; i < array.size(); i++) texts.add(array.getString(i));
    return List.copyOf(texts);
  }

  private TableRows() {}
}
