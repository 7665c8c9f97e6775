package dev.celadon.domain.documents;

import dev.celadon.api.Change;
import dev.celadon.api.Fault;
import dev.celadon.api.Page;
import dev.celadon.domain.documents.leftovers.Leftovers;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Listing;
import dev.celadon.domain.query.Sql;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Db;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The databases of a project. One of them, {@code default}, comes with the project. */
public final class Databases {

  private static final Listing<Database> LISTING =
      new Listing<>(
          "celadon.databases",
          Attributes.of(
              Attribute.text(Attribute.ID, "id"),
              Attribute.integer(Attribute.SEQUENCE, "seq"),
              Attribute.time(Attribute.CREATED, "created"),
              Attribute.time(Attribute.UPDATED, "updated"),
              Attribute.text("name", "name"),
              Attribute.bool("enabled", "enabled"),
              Attribute.text("type", "type")),
          List.of("id", "name"),
          Database::of);

  private final Db db;
  private final Shapes shapes;
  private final EventLog log;
  private final Leftovers leftovers;
  private final String which;

  Databases(Db db, Shapes shapes, EventLog log, Leftovers leftovers) {
    this(db, shapes, log, leftovers, Table.Form.ANY);
  }

  private Databases(Db db, Shapes shapes, EventLog log, Leftovers leftovers, Table.Form form) {
    this.db = db;
    this.shapes = shapes;
    this.log = log;
    this.leftovers = leftovers;
    this.which =
        switch (form) {
          case ANY -> "TRUE";
          case TYPED -> "type <> 'documentsdb'";
          case FREE -> "type = 'documentsdb'";
        };
  }

  /** These databases as far as their tables hold what {@code form} says; others are not there. */
  public Databases of(Table.Form form) {
    return new Databases(db, shapes, log, leftovers, form);
  }

  /** Gives a new project its database {@code default}; {@code tx} is what makes the project. */
  public static void prepare(Db tx, String project) {
    tx.run(
        """
        INSERT INTO celadon.databases (project, id, name, enabled, type)
        VALUES ($1, 'default', 'Default', TRUE, 'tablesdb') ON CONFLICT DO NOTHING\
        """,
        project);
  }

  /**
   * Takes all databases of a project away with all their rows, as if they had never been; {@link
   * Leftovers} drops the tables after the commit.
   */
  public static void erase(Db tx, String project) {
    Leftovers.ofProject(tx, project);
    tx.run("DELETE FROM celadon.transactions WHERE project = $1", project);
    tx.run("DELETE FROM celadon.databases WHERE project = $1", project);
  }

  /** A new database; {@code type} says in which vocabulary it is made. */
  public Database create(Change change, String id, String name, boolean enabled, String type) {
    try {
      return db.tx(
          tx ->
              logged(
                  tx,
                  change,
                  tx.one(
                          Database::of,
                          """
                          INSERT INTO celadon.databases (project, id, name, enabled, type)
                          VALUES ($1, $2, $3, $4, $5) RETURNING *\
                          """,
                          change.project(),
                          id,
                          name,
                          enabled,
                          type)
                      .orElseThrow()));
    } catch (Db.Conflict taken) {
      throw new Refusal(Fault.DATABASE_ALREADY_EXISTS, id);
    }
  }

  public Database get(String project, String id) {
    return db.one(
            Database::of,
            "SELECT * FROM celadon.databases WHERE project = $1 AND id = $2 AND " + which,
            project,
            id)
        .orElseThrow(() -> missing(id));
  }

  public Page<Database> list(String project, Listing.Wanted wanted) {
    var scope = Sql.of("project = ").arg(project).add(" AND " + which);
    return LISTING.page(db, scope, wanted);
  }

  /** Changes what is not null. */
  public Database update(
      Change change, String id, @Nullable String name, @Nullable Boolean enabled) {
    var updated =
        db.tx(
            tx ->
                logged(
                    tx,
                    change,
                    one(
                        tx.one(
                            Database::of,
                            """
                            UPDATE celadon.databases SET name = coalesce($3, name),
                              enabled = coalesce($4, enabled), updated = clock_timestamp()
                            WHERE project = $1 AND id = $2 AND\
                            """
                                + " "
                                + which
                                + " RETURNING *",
                            change.project(),
                            id,
                            name,
                            enabled),
                        id)));
    shapes.forgetAll();
    return updated;
  }

  /** Deletes a database, its tables and their rows. */
  public void delete(Change change, String id) {
    db.tx(
        tx -> {
          var where = "project = $1 AND id = $2 AND " + which;
          var lock = "SELECT * FROM celadon.databases WHERE " + where + " FOR UPDATE";
          var database = one(tx.one(Database::of, lock, change.project(), id), id);
          Leftovers.ofDatabase(tx, change.project(), id);
          tx.run("DELETE FROM celadon.databases WHERE " + where, change.project(), id);
          return logged(tx, change, database);
        });
    shapes.forgetAll();
    leftovers.dropSoon();
  }

  private Database logged(Db tx, Change change, Database database) {
    var ids = Map.of("databaseId", database.id());
    log.append(tx, change, Fact.of(ids, change.payload(database)));
    return database;
  }

  private static Database one(Optional<Database> found, String id) {
    return found.orElseThrow(() -> missing(id));
  }

  static Refusal missing(String id) {
    return new Refusal(Fault.DATABASE_NOT_FOUND, id);
  }
}
