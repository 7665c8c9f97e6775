package dev.celadon.crash;

import dev.celadon.bench.Fixture;
import dev.celadon.bench.Node;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the ledgers, the database and the subscriber say of a run.
 *
 * @param acknowledged writes that were answered with success
 * @param lost of these, those that are not in the database
 * @param unasked rows that nobody asked for, or that were refused
 * @param duplicates rows with more than one event of their making, or two events of one version
 * @param unlogged changes without an event in the log
 * @param unseen events of the log that the subscriber did not get
 * @param repeated events that it got again, with the same id; allowed
 * @param half parts of a schema, and of groups of rows that were written as one
 * @param surprises answers and frames that must not be
 */
record Verdict(
    int acknowledged,
    List<String> lost,
    List<String> unasked,
    List<String> duplicates,
    List<String> unlogged,
    List<String> unseen,
    List<String> half,
    List<String> surprises,
    int repeated,
    int events) {

  private static final int CATCH_UP_MS = 20_000;
  private static final int SHOWN = 5;

  /** Everything that a verdict is made of. */
  record Case(Victim victim, String table, Path ledgers, Watcher watcher, List<String> surprises) {}

  /** A row as it is stored. */
  private record Stored(long likes, long version) {}

  /** An event of a row. */
  private record Told(long id, String row, long version) {}

  static Verdict of(Case it) throws IOException {
    var vertx = Vertx.vertx();
    var sql = PgBuilder.client().connectingTo(it.victim.database()).using(vertx).build();
    try {
      var told = told(sql, it.table);
      awaitAll(it.watcher, told);
      var stored = stored(sql, it.table);
      var half = new ArrayList<>(halfMade(sql));
      half.addAll(GroupWriter.torn(stored.keySet()));
      return judge(it, stored, told, half);
    } finally {
      vertx.close().await();
    }
  }

  private static void awaitAll(Watcher watcher, List<Told> told) {
    long deadline = System.nanoTime() + CATCH_UP_MS * 1_000_000L;
    while (watcher.seen().size() < told.size() && System.nanoTime() < deadline) Node.pause(20);
  }

  private static Verdict judge(
      Case it, Map<String, Stored> stored, List<Told> told, List<String> half) throws IOException {
    var lost = new ArrayList<String>();
    var unasked = new ArrayList<String>();
    int acknowledged = compare(it.ledgers, stored, lost, unasked);
    var duplicates = new ArrayList<String>();
    var unlogged = new ArrayList<String>();
    versions(stored, told, duplicates, unlogged);
    var unseen = new ArrayList<String>();
    for (var event : told) {
      if (!it.watcher.seen().containsKey(event.id)) unseen.add(event.toString());
    }
    var ids = new HashSet<Long>();
    for (var event : told) ids.add(event.id);
    for (var seen : it.watcher.seen().entrySet()) {
      if (!ids.contains(seen.getKey())) duplicates.add("only the subscriber knows " + seen);
    }
    return new Verdict(
        acknowledged,
        lost,
        unasked,
        duplicates,
        unlogged,
        unseen,
        half,
        it.surprises,
        it.watcher.repeated(),
        told.size());
  }

  /** Holds what was asked for against what is stored; the number of acknowledged writes. */
  private static int compare(
      Path ledgers, Map<String, Stored> stored, List<String> lost, List<String> unasked)
      throws IOException {
    var asked = new HashSet<String>();
    var wanted = new HashMap<String, Long>();
    int acknowledged = 0;
    for (var entry : entries(ledgers)) {
      switch (entry.fate()) {
        case INVOKE -> asked.add(entry.id());
        case OK -> {
          acknowledged++;
          wanted.put(entry.id(), entry.value());
        }
        case FAIL -> {
          if (stored.containsKey(entry.id())) unasked.add(entry.id() + " was refused");
        }
        case INFO -> {}
      }
    }
    wanted.forEach(
        (id, value) -> {
          var row = stored.get(id);
          if (row == null) lost.add(id);
          else if (row.likes != value) lost.add(id + " is " + row.likes + ", not " + value);
        });
    for (var id : stored.keySet()) if (!asked.contains(id)) unasked.add(id);
    return acknowledged;
  }

  private static List<Ledger.Entry> entries(Path ledgers) throws IOException {
    var entries = new ArrayList<Ledger.Entry>();
    try (var files = Files.list(ledgers)) {
      for (var file : files.toList()) entries.addAll(Ledger.read(file));
    }
    return entries;
  }

  /** Each version of each row has one event. */
  private static void versions(
      Map<String, Stored> stored, List<Told> told, List<String> duplicates, List<String> unlogged) {
    var versions = new HashMap<String, Set<Long>>();
    for (var event : told) {
      var of = versions.computeIfAbsent(event.row, row -> new HashSet<>());
      if (!of.add(event.version)) duplicates.add(event + " is a second one");
      if (!stored.containsKey(event.row)) duplicates.add(event + " speaks of no row");
    }
    stored.forEach(
        (id, row) -> {
          var of = versions.getOrDefault(id, Set.of());
          for (long version = 1; version <= row.version; version++) {
            if (!of.contains(version)) unlogged.add(id + " version " + version);
          }
          if (of.size() > row.version) duplicates.add(id + " has more events than versions");
        });
  }

  private static Map<String, Stored> stored(SqlClient sql, String table) {
    var shape =
        rows(sql, "SELECT schema, number, columns FROM celadon.shapes WHERE id = $1", table)
            .getFirst();
    var number =
        rows(
                sql,
                "SELECT number FROM celadon.columns WHERE table_number = $1 AND key = 'likes'",
                shape.getLong("number"))
            .getFirst()
            .getLong(0);
    var stored = new HashMap<String, Stored>();
    var text =
        "SELECT _id, c%d, _version FROM p%d.t%d"
            .formatted(number, shape.getLong("schema"), shape.getLong("number"));
    for (var row : rows(sql, text)) {
      stored.put(row.getString(0), new Stored(row.getLong(1), row.getLong(2)));
    }
    return stored;
  }

  private static List<Told> told(SqlClient sql, String table) {
    var text =
        """
        SELECT id, ids[3], version FROM celadon.events
        WHERE project = $1 AND ids[2] = $2 AND cardinality(ids) = 3
          AND (event LIKE '%.rows.[%' OR event LIKE '%.documents.[%')
        """;
    return rows(sql, text, Fixture.PROJECT, table).stream()
        .map(row -> new Told(row.getLong(0), row.getString(1), row.getLong(2)))
        .toList();
  }

  /** What stands in the catalogue of tables and not in the database, or the other way round. */
  private static List<String> halfMade(SqlClient sql) {
    var text =
        """
        WITH told AS (
          SELECT 'p' || s.schema || '.t' || s.number AS name FROM celadon.shapes s
          UNION ALL
          SELECT 'p' || s.schema || '.t' || s.number || '.c' || c.number
          FROM celadon.shapes s JOIN celadon.columns c ON c.table_number = s.number
          WHERE c.relation IS NULL
          UNION ALL
          SELECT 'p' || s.schema || '.t' || coalesce(r.junction || '', CASE r.kind
            WHEN 'ONE_TO_MANY' THEN r.child ELSE r.parent END || '.r' || r.number)
          FROM celadon.relations r JOIN celadon.shapes s ON s.number = r.parent
          UNION ALL
          SELECT 'p' || s.schema || '.i' || i.number
          FROM celadon.shapes s JOIN celadon.indexes i ON i.table_number = s.number
        ), made AS (
          SELECT n.nspname || '.' || c.relname AS name
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname ~ '^p[0-9]+$'
            AND (c.relkind = 'r' OR c.relkind = 'i' AND c.relname ~ '^i[0-9]+$')
          UNION ALL
          SELECT n.nspname || '.' || c.relname || '.' || a.attname
          FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname ~ '^p[0-9]+$' AND c.relkind = 'r' AND a.attname ~ '^[cr][0-9]+$'
            AND NOT a.attisdropped
        )
        SELECT name, 'made and not told' FROM made WHERE name NOT IN (SELECT name FROM told)
        UNION ALL
        SELECT name, 'told and not made' FROM told WHERE name NOT IN (SELECT name FROM made)
        """;
    return rows(sql, text).stream().map(row -> row.getString(0) + ": " + row.getString(1)).toList();
  }

  private static List<Row> rows(SqlClient sql, String text, Object... args) {
    var all = new ArrayList<Row>();
    sql.preparedQuery(text).execute(Tuple.wrap(args)).await().forEach(all::add);
    return all;
  }

  boolean good() {
    return acknowledged > 0
        && List.of(lost, unasked, duplicates, unlogged, unseen, half, surprises).stream()
            .allMatch(List::isEmpty);
  }

  @Override
  public String toString() {
    return ("%,d acknowledged writes, lost: %s; not asked for: %s; duplicates: %s; %,d events,"
            + " missing in the log: %s, at the subscriber: %s; repeated with the same id: %,d;"
            + " half-made: %s; surprises: %s")
        .formatted(
            acknowledged,
            shown(lost),
            shown(unasked),
            shown(duplicates),
            events,
            shown(unlogged),
            shown(unseen),
            repeated,
            shown(half),
            shown(surprises));
  }

  private static String shown(List<String> found) {
    if (found.isEmpty()) return "0";
    return found.size() + " " + found.subList(0, Math.min(SHOWN, found.size()));
  }
}
