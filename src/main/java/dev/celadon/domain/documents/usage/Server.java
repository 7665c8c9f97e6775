package dev.celadon.domain.documents.usage;

import dev.celadon.store.Db;
import dev.celadon.store.Lanes;
import java.util.List;

/** The PostgreSQL that holds all databases, as it says itself. */
public final class Server {

  private final Db db;

  public Server(Lanes lanes) {
    this.db = lanes.point();
  }

  /**
   * How it is.
   *
   * @param uptimeS seconds since it was started
   * @param connections how many there are now, of everybody
   */
  public record Status(String version, long uptimeS, long connections, long maxConnections) {}

  /**
   * Another server that follows it.
   *
   * @param state such as {@code streaming}; empty where we may not know
   * @param synchronous whether a commit waits for it
   */
  public record Replica(String name, String state, boolean synchronous, double lagS) {}

  public Status status() {
    return db.one(
            row -> new Status(row.getString(0), row.getLong(1), row.getLong(2), row.getLong(3)),
            """
            SELECT current_setting('server_version'),
              extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())::bigint,
              (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
              current_setting('max_connections')::bigint
            """)
        .orElseThrow();
  }

  /** In the order of their names. */
  public List<Replica> replicas() {
    return db.list(
        row -> new Replica(row.getString(0), row.getString(1), row.getBoolean(2), row.getDouble(3)),
        """
        SELECT coalesce(nullif(application_name, ''), pid::text), coalesce(state, ''),
          coalesce(sync_state IN ('sync', 'quorum'), FALSE),
          coalesce(extract(epoch FROM replay_lag), 0)::float8
        FROM pg_stat_replication ORDER BY 1
        """);
  }
}
