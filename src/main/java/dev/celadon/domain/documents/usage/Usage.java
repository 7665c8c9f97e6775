package dev.celadon.domain.documents.usage;

import dev.celadon.domain.documents.sql.Counts;
import dev.celadon.domain.documents.usage.Figures.Made;
import dev.celadon.domain.documents.usage.Figures.Metric;
import dev.celadon.domain.query.Sql;
import dev.celadon.store.Db;
import dev.celadon.store.Lanes;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Counts what there is and, in the event log, what has happened. Days that the log has dropped
 * already have no figures. Reads leave no trace, so they are not counted at all.
 */
public final class Usage {

  /** How many tables one statement counts. */
  private static final int BATCH = 50;

  private static final String NO_TABLE = "42P01";

  private final Db db;
  private final Clock clock;

  public Usage(Lanes lanes, Clock clock) {
    this.db = lanes.list();
    this.clock = clock;
  }

  /**
   * A part of a project; an empty text stands for all of them.
   *
   * @param root the first word of the names of its events: {@code databases}, or {@code
   *     documentsdb} for free documents
   */
  public record Part(String project, String root, String database, String table) {
    boolean free() {
      return root.equals("documentsdb");
    }
  }

  /** The figures of {@code part} now, and over {@code span}. Waits; counts every row. */
  public Figures of(Part part, Span span) {
    var happened = happened(part, span);
    var tables = tables(part);
    return new Figures(
        span,
        databases(part),
        tables.size(),
        rows(part, tables),
        tables.stream().mapToLong(Stored::bytes).sum(),
        new Made(
            metrics(happened, Period::databases),
            metrics(happened, Period::tables),
            metrics(happened, Period::rows)),
        metrics(happened, Period::writes));
  }

  /** A table as PostgreSQL knows it. */
  private record Stored(String sql, long bytes) {}

  private long databases(Part part) {
    return db.one(
            row -> row.getLong(0),
            """
            SELECT count(*) FROM celadon.databases
            WHERE project = $1 AND $2 IN ('', id) AND (type = 'documentsdb') = $3\
            """,
            part.project,
            part.database,
            part.free())
        .orElse(0L);
  }

  private List<Stored> tables(Part part) {
    return db.list(
        row -> new Stored(row.getString(0), row.getLong(1)),
        """
        SELECT name, coalesce(pg_total_relation_size(to_regclass(name)), 0)
        FROM (
          SELECT format('p%s.t%s', s.number, t.number) AS name
          FROM celadon.tables t JOIN celadon.schemas s USING (project)
          JOIN celadon.databases d ON d.project = t.project AND d.id = t.database
          WHERE t.project = $1 AND $2 IN ('', t.database) AND $3 IN ('', t.id)
            AND (d.type = 'documentsdb') = $4) x
        """,
        part.project,
        part.database,
        part.table,
        part.free());
  }

  private long rows(Part part, List<Stored> tables) {
    try {
      return rows(tables);
    } catch (DatabaseException gone) {
      if (!NO_TABLE.equals(gone.getSqlState())) throw gone;
      // A table was dropped between the two statements.
      return rows(tables(part));
    }
  }

  private long rows(List<Stored> tables) {
    long sum = 0;
    for (int from = 0; from < tables.size(); from += BATCH) {
      var batch = tables.subList(from, Math.min(tables.size(), from + BATCH));
      var names = batch.stream().map(Stored::sql).toList();
      sum += db.one(row -> row.getLong(0), Counts.of(names)).orElse(0L);
    }
    return sum;
  }

  /** What happened in one period. */
  private record Period(Instant begin, long databases, long tables, long rows, long writes) {
    static Period of(Row row) {
      return new Period(
          row.getOffsetDateTime(0).toInstant(),
          row.getLong(1),
          row.getLong(2),
          row.getLong(3),
          row.getLong(4));
    }
  }

  private List<Period> happened(Part part, Span span) {
    var kept = kept();
    var periods =
        span.periods(clock.instant()).stream()
            .filter(begin -> kept.isEmpty() || !begin.isBefore(kept.get()))
            .toList();
    var sql = Sql.of("SELECT date_trunc(").arg(span.unit(), "text").add(", time, 'UTC'),");
    sql.add(COUNTED)
        .add(" FROM celadon.events WHERE event LIKE '" + part.root + ".%' AND project = ");
    sql.arg(part.project).add(" AND time >= ");
    sql.arg(periods.getFirst().atOffset(ZoneOffset.UTC), "timestamptz");
    if (!part.database.isEmpty()) sql.add(" AND ids[1] = ").arg(part.database);
    if (!part.table.isEmpty()) sql.add(" AND ids[2] = ").arg(part.table);
    sql.add(" GROUP BY 1");
    Map<Instant, Period> found = new HashMap<>();
    for (var one : db.list(Period::of, sql.text(), sql.args())) found.put(one.begin, one);
    var all = new ArrayList<Period>(periods.size());
    for (var begin : periods) {
      all.add(found.getOrDefault(begin, new Period(begin, 0, 0, 0, 0)));
    }
    return all;
  }

  /** An upsert has made a row if that is in its first version. */
  private static final String COUNTED =
      """
       count(*) FILTER (WHERE event LIKE '%.[databaseId].create'),
        count(*) FILTER (WHERE event ~ '\\.\\[(table|collection)Id]\\.create$'),
        count(*) FILTER (WHERE event ~ '\\.\\[(row|document)Id]\\.create$'
          OR (event ~ '\\.\\[(row|document)Id]\\.upsert$' AND version = 1)),
        count(*) FILTER (WHERE event ~ '\\.\\[(row|document)Id]\\.')\
      """;

  /** Since when the log has everything; nothing where it has never dropped anything. */
  private Optional<Instant> kept() {
    return db.one(
        row -> day(row.getString(0)),
        """
        SELECT min(c.relname) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'celadon.events'::regclass AND c.relname ~ '^events_\\d{8}$'
        HAVING count(*) > 0 AND EXISTS (
          SELECT 1 FROM celadon.meta WHERE key = 'events.horizon')
        """);
  }

  private static Instant day(String partition) {
    var day = partition.substring("events_".length());
    return LocalDate.of(
            Integer.parseInt(day.substring(0, 4)),
            Integer.parseInt(day.substring(4, 6)),
            Integer.parseInt(day.substring(6)))
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }

  private static List<Metric> metrics(List<Period> periods, ToLongFunction<Period> figure) {
    return periods.stream().map(p -> new Metric(p.begin, figure.applyAsLong(p))).toList();
  }
}
