package dev.celadon.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One PostgreSQL database behind four clients. They are told apart by settings that a connection
 * gets when it starts, because a pipelined connection cannot carry settings per statement, and so
 * that a slow list never stands in front of a read by key. Lost connections come back by
 * themselves.
 */
public final class Postgres implements Lanes {

  /**
   * How the clients are sized.
   *
   * @param transactions connections of the pool for transactions
   * @param pipelined connections each of the pipelined clients has, over all event loops
   * @param pipelining statements in flight on one connection of the point client
   * @param eventLoops event loops that shall have connections of their own
   */
  public record Sizes(int transactions, int pipelined, int pipelining, int eventLoops) {}

  /**
   * How long is waited, in milliseconds.
   *
   * @param statementMs for one statement, unless a transaction sets its own
   * @param connectMs for a new connection
   * @param poolMs for a free connection
   */
  public record Waits(int statementMs, int connectMs, int poolMs) {}

  private static final String GENERIC = "force_generic_plan";
  private static final String CUSTOM = "force_custom_plan";

  /**
   * What a page costs that is read out of order, against one in order: next to nothing more in
   * memory or on flash. PostgreSQL's own 4 is that of a turning disk, and has it walk along a whole
   * table in order rather than fetch a thousand rows that an index names.
   */
  private static final String RANDOM_PAGE = "1.1";

  /** A list is long: a few in flight on one connection, or the first delays all others. */
  private static final int LIST_PIPELINING = 2;

  /** Who would wait behind this many others is told at once that PostgreSQL is busy. */
  private static final int WAITING = 1024;

  private static final int CACHED_STATEMENTS = 512;
  private static final int CACHED_SQL_CHARACTERS = 8192;

  private static final Duration REACH_WITHIN = Duration.ofSeconds(15);
  private static final Duration REACH_AGAIN = Duration.ofMillis(200);

  private final Vertx vertx;
  private final PgConnectOptions server;
  private final Waits waits;
  private final LoopClients points;
  private final LoopClients pages;
  private final LoopClients lists;
  private final Pool pool;
  private final Db point;
  private final Db page;
  private final Db list;
  private final Db transactions;

  /**
   * Makes the clients; nothing connects before the first statement.
   *
   * @param server where PostgreSQL is, and who asks
   */
  public Postgres(Vertx vertx, PgConnectOptions server, Sizes sizes, Waits waits) {
    this.vertx = vertx;
    this.server = server;
    this.waits = waits;
    int loops = Math.max(1, Math.min(sizes.eventLoops, sizes.pipelined));
    int each = Math.max(1, sizes.pipelined / loops);
    points = new LoopClients(vertx, loops, () -> client(GENERIC, sizes.pipelining, each));
    pages = new LoopClients(vertx, loops, () -> client(GENERIC, LIST_PIPELINING, each));
    lists = new LoopClients(vertx, loops, () -> client(CUSTOM, LIST_PIPELINING, each));
    pool =
        PgBuilder.pool()
            .with(room(sizes.transactions))
            .with(net())
            .connectingTo(connect("auto", 1))
            .using(vertx)
            .build();
    point = Db.routed(points);
    page = Db.routed(pages);
    list = Db.routed(lists);
    transactions = Db.pooled(pool);
  }

  /**
   * Waits until the server answers and lets us in, some seconds at most: it may be starting too.
   *
   * @throws CannotStart when it does not
   */
  public void reach() {
    long deadline = System.nanoTime() + REACH_WITHIN.toNanos();
    while (true) {
      try {
        transactions.run("SELECT 1");
        return;
      } catch (Db.Unavailable e) {
        if (System.nanoTime() > deadline) {
          throw unusable(e);
        }
        LockSupport.parkNanos(REACH_AGAIN.toNanos());
      } catch (PgException e) {
        throw unusable(e);
      }
    }
  }

  private CannotStart unusable(Exception e) {
    return new CannotStart(
        "PostgreSQL at %s:%d, database %s, cannot be used: %s"
            .formatted(server.getHost(), server.getPort(), server.getDatabase(), e.getMessage()),
        e);
  }

  /** For reads and writes by key: pipelined, prepared, with plans made once. */
  @Override
  public Db point() {
    return point;
  }

  /**
   * For pages that nothing narrows much: in the order of an index, whatever the arguments. Plans
   * are made once, because making one takes longer than reading the page.
   */
  @Override
  public Db page() {
    return page;
  }

  /** For other lists, whose best plan depends on their arguments: planned anew each time. */
  @Override
  public Db list() {
    return list;
  }

  /** For transactions and for DDL: one statement at a time on a connection. */
  @Override
  public Db transactions() {
    return transactions;
  }

  /** Closes all connections. Statements under way fail. */
  public Future<Void> close() {
    return Future.join(List.of(points.close(), pages.close(), lists.close(), pool.close()))
        .mapEmpty();
  }

  private SqlClient client(String planning, int pipelining, int connections) {
    return PgBuilder.client()
        .with(room(connections))
        .with(net())
        .connectingTo(connect(planning, pipelining))
        .using(vertx)
        .build();
  }

  private PgConnectOptions connect(String planning, int pipelining) {
    var options = new PgConnectOptions(server);
    options
        .setPipeliningLimit(pipelining)
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheMaxSize(CACHED_STATEMENTS)
        .setPreparedStatementCacheSqlLimit(CACHED_SQL_CHARACTERS);
    options.addProperty("application_name", "celadon");
    options.addProperty("statement_timeout", Integer.toString(waits.statementMs));
    options.addProperty("plan_cache_mode", planning);
    options.addProperty("random_page_cost", RANDOM_PAGE);
    options.addProperty("TimeZone", "UTC");
    return options;
  }

  private PoolOptions room(int connections) {
    return new PoolOptions()
        .setMaxSize(connections)
        .setMaxWaitQueueSize(WAITING)
        .setConnectionTimeout(waits.poolMs)
        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  private NetClientOptions net() {
    return new NetClientOptions().setConnectTimeout(waits.connectMs);
  }
}
