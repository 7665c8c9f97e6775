package dev.celadon.store;

import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings the schema forward, never back: each migration in a transaction of its own, under an
 * advisory lock, so that nodes that start together do it once.
 */
public final class Migrator {

  /** Any constant will do as long as nothing else in the database locks it. */
  private static final long LOCK = 0x43454c41444f4eL;

  private record Applied(int number, String name, String checksum) {}

  private final Db db;
  private final List<Migration> migrations;

  /**
   * @param db the client for transactions
   * @param migrations all of them, in order
   */
  public Migrator(Db db, List<Migration> migrations) {
    this.db = db;
    this.migrations = migrations;
  }

  /**
   * Applies what is missing.
   *
   * @return how many migrations this call applied
   * @throws CannotStart when an applied migration was changed afterwards, is unknown, or fails
   */
  public int migrate() {
    int count = 0;
    while (db.tx(this::step)) {
      count++;
    }
    return count;
  }

  /** Applies the first migration that is missing; false when there is none. */
  private boolean step(Db tx) {
    tx.script("SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock(" + LOCK + ")");
    var applied = applied(tx);
    var missing = new ArrayList<Migration>();
    for (Migration migration : migrations) {
      Applied before = applied.remove(migration.number());
      if (before == null) {
        missing.add(migration);
      } else if (!before.checksum.equals(migration.checksum())) {
        throw new CannotStart(
            "migration %04d_%s was changed after this database had applied it"
                .formatted(migration.number(), migration.name()));
      }
    }
    for (Applied unknown : applied.values()) {
      throw new CannotStart(
          "the database has migration %04d_%s, which this version of Celadon does not know"
              .formatted(unknown.number, unknown.name));
    }
    if (missing.isEmpty()) {
      return false;
    }
    apply(tx, missing.getFirst());
    return true;
  }

  private static Map<Integer, Applied> applied(Db tx) {
    // Asked first, because CREATE IF NOT EXISTS needs rights that a running node may not have.
    boolean fresh =
        tx.one(row -> row.getValue(0) == null, "SELECT to_regclass('celadon.migrations')::text")
            .orElse(true);
    if (fresh) {
      tx.script(
          """
          CREATE SCHEMA IF NOT EXISTS celadon;
          CREATE TABLE celadon.migrations (
            number int PRIMARY KEY,
            name text NOT NULL,
            checksum text NOT NULL,
            applied timestamptz NOT NULL DEFAULT now()
          )
          """);
    }
    var found = new TreeMap<Integer, Applied>();
    tx.list(
            row -> new Applied(row.getInteger(0), row.getString(1), row.getString(2)),
            "SELECT number, name, checksum FROM celadon.migrations ORDER BY number")
        .forEach(each -> found.put(each.number, each));
    return found;
  }

  private static void apply(Db tx, Migration migration) {
    try {
      tx.script(migration.sql());
    } catch (PgException e) {
      throw new CannotStart(
          "migration %04d_%s failed: %s"
              .formatted(migration.number(), migration.name(), e.getErrorMessage()),
          e);
    }
    tx.run(
        "INSERT INTO celadon.migrations (number, name, checksum) VALUES ($1, $2, $3)",
        migration.number(),
        migration.name(),
        migration.checksum());
  }
}
