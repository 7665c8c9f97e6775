package dev.celadon.event;

import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes to the log of one database and reads it, as tests need it. */
public final class TestLog {

  static final String ROW = "databases.[databaseId].tables.[tableId].rows.[rowId].update";

  private final Postgres postgres;
  private final SnapshotPositions positions;

  public TestLog(Postgres postgres, int rows) {
    this.postgres = postgres;
    this.positions = new SnapshotPositions(postgres.list(), rows, 1 << 20);
  }

  public static long row(Db db, String project, String row, String... readers) {
    return write(db, project, ROW, List.of("main", "posts", row), readers);
  }

  public static long write(
      Db db, String project, String template, List<String> ids, String... readers) {
    return db.one(
            row -> row.getLong(0),
            EventLog.INSERT
                + " VALUES ($1, $2, $3, 1, $4, 'user:u', '1.2.3.4', '', '', $5)"
                + " RETURNING id",
            project,
            template,
            ids.toArray(String[]::new),
            readers,
            new JsonObject().put("$id", ids.getLast()).put("n", 1))
        .orElseThrow();
  }

  SnapshotPositions positions() {
    return positions;
  }

  Position now() throws Exception {
    return read(null).next();
  }

  Slice read(@Nullable Position after) throws Exception {
    return positions
        .read(List.of("p"), after)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  /** Everything from a place on, as a subscriber that resumes reads it. */
  List<Long> all(Position after) throws Exception {
    var ids = new java.util.ArrayList<Long>();
    Slice slice;
    do {
      slice = read(after);
      if (slice.gap()) throw new IllegalStateException("gap");
      slice.events().forEach(event -> ids.add(event.id()));
      after = Position.parse(slice.next().token()).orElseThrow();
    } while (slice.more());
    return ids;
  }

  Db db() {
    return postgres.transactions();
  }
}
