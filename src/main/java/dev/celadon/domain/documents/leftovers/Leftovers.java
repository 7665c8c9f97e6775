package dev.celadon.domain.documents.leftovers;

import dev.celadon.domain.documents.Tables;
import dev.celadon.domain.documents.sql.Ddl;
import dev.celadon.store.Db;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left in PostgreSQL of databases and projects that are gone already. The transaction that
 * deletes one notes its tables here and lets go of their names, so that it is gone at once and
 * whole; the tables follow a few at a time, because each takes several locks and PostgreSQL has not
 * that many. Whoever is interrupted leaves the rest to the next.
 */
public final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  /** How many tables one transaction drops. */
  private static final int BATCH = 20;

  private final Db db;
  private final AtomicBoolean dropping = new AtomicBoolean();

  /** Drops through {@code db}, which waits. */
  public Leftovers(Db db) {
    this.db = db;
  }

  /** Lets go of all tables of a database. */
  public static void ofDatabase(Db tx, String project, String database) {
    tx.run(
        """
        WITH gone AS (
          DELETE FROM celadon.tables WHERE project = $1 AND database = $2 RETURNING number)
        INSERT INTO celadon.leftovers
        SELECT s.number, g.number FROM gone g, celadon.schemas s WHERE s.project = $1
        UNION ALL
        SELECT s.number, r.junction FROM celadon.relations r
        JOIN celadon.tables t ON t.number = r.parent
        JOIN celadon.schemas s ON s.project = r.project
        WHERE r.project = $1 AND t.database = $2 AND r.junction IS NOT NULL\
        """,
        project,
        database);
  }

  /** Lets go of all tables of a project, and of its schema. */
  public static void ofProject(Db tx, String project) {
    // Whoever is making a table holds its database: what is made is then seen, and not left.
    tx.list(row -> 1, "SELECT 1 FROM celadon.databases WHERE project = $1 FOR UPDATE", project);
    tx.one(
            row -> row.getLong(0),
            "DELETE FROM celadon.schemas WHERE project = $1 RETURNING number",
            project)
        .ifPresent(schema -> ofSchema(tx, project, schema));
  }

  /** Under another name it is found by no statement any more, on no node. */
  private static void ofSchema(Db tx, String project, long schema) {
    tx.script(Ddl.retireSchema(schema));
    tx.run(
        """
        WITH gone AS (DELETE FROM celadon.tables WHERE project = $1 RETURNING number)
        INSERT INTO celadon.leftovers
        SELECT $2::bigint, 0 UNION ALL SELECT $2::bigint, number FROM gone
        UNION ALL SELECT $2::bigint, junction FROM celadon.relations
        WHERE project = $1 AND junction IS NOT NULL\
        """,
        project,
        schema);
  }

  /** As {@link #drop}, on a thread of its own. */
  public void dropSoon() {
    Thread.ofVirtual().name("leftovers").start(this::drop);
  }

  /**
   * Drops what is left. Waits. Any node may, at any time; several share the work. What cannot be
   * dropped now is left to the next call, and only logged: nobody misses it.
   */
  public void drop() {
    if (!dropping.compareAndSet(false, true)) return;
    try {
      while (db.tx(Tables.DDL_MS, Leftovers::dropSome)) {
        LOG.debug("dropped some tables of what is gone");
      }
    } catch (RuntimeException error) {
      LOG.warn("cannot drop the tables of what is gone, later: {}", error.toString());
    } finally {
      dropping.set(false);
    }
  }

  /** Drops a few tables, or where there are none an empty schema; false when nothing is left. */
  private static boolean dropSome(Db tx) {
    var tables =
        tx.list(
            row -> Ddl.dropLeftover(row.getLong(0), row.getLong(1)),
            """
            DELETE FROM celadon.leftovers WHERE (schema, number) IN (
              SELECT schema, number FROM celadon.leftovers WHERE number > 0
              ORDER BY schema, number LIMIT $1 FOR UPDATE SKIP LOCKED)
            RETURNING schema, number\
            """,
            BATCH);
    tables.forEach(tx::script);
    if (!tables.isEmpty()) return true;
    var schema =
        tx.one(
            row -> Ddl.dropRetired(row.getLong(0)),
            """
            DELETE FROM celadon.leftovers WHERE number = 0 AND schema = (
              SELECT schema FROM celadon.leftovers l WHERE number = 0 AND NOT EXISTS (
                SELECT 1 FROM celadon.leftovers t WHERE t.schema = l.schema AND t.number > 0)
              LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING schema\
            """);
    schema.ifPresent(tx::script);
    return schema.isPresent();
  }
}
