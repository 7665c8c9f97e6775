package dev.celadon.store;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL for tests, one per JVM, started with the first use. Each call of {@link #fresh}
 * gives a database of its own with the whole schema in it, in some tens of milliseconds.
 *
 * <p>Use: {@code static final Postgres DB = TestPostgres.fresh();} and nothing to close.
 */
public final class TestPostgres {

  private static final String TEMPLATE = "migrated";
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Vertx VERTX = Vertx.vertx();
  private static final EmbeddedPostgres SERVER = server();
  private static final Postgres MAINTENANCE = open(VERTX, SERVER.address());

  static {
    MAINTENANCE.transactions().script("CREATE DATABASE " + TEMPLATE);
    var template = open(VERTX, address(TEMPLATE));
    new Migrator(template.transactions(), Migration.builtIn()).migrate();
    template.close().await();
  }

  private TestPostgres() {}

  /** The Vert.x that the clients of {@link #fresh()} run on; not to be closed. */
  public static Vertx vertx() {
    return VERTX;
  }

  /** Clients of a new database with all migrations applied. */
  public static Postgres fresh() {
    return open(VERTX, freshDatabase());
  }

  /** The address of a new database with all migrations applied. */
  public static PgConnectOptions freshDatabase() {
    return create(" TEMPLATE " + TEMPLATE);
  }

  /** The address of a new database with nothing in it. */
  public static PgConnectOptions emptyDatabase() {
    return create("");
  }

  /** Clients with the sizes of tests. */
  public static Postgres open(Vertx vertx, PgConnectOptions database) {
    return open(vertx, database, new Postgres.Waits(10_000, 2_000, 2_000));
  }

  /** Clients with the sizes of tests and waits of the caller's choice. */
  public static Postgres open(Vertx vertx, PgConnectOptions database, Postgres.Waits waits) {
    return new Postgres(vertx, database, new Postgres.Sizes(4, 2, 16, 2), waits);
  }

  private static synchronized PgConnectOptions create(String from) {
    String name = "test_" + NUMBER.incrementAndGet();
    MAINTENANCE.transactions().script("CREATE DATABASE " + name + from);
    return address(name);
  }

  private static PgConnectOptions address(String database) {
    return SERVER.address().setDatabase(database);
  }

  private static EmbeddedPostgres server() {
    try {
      Files.createDirectories(Path.of("target"));
      Path data = Files.createTempDirectory(Path.of("target"), "test-postgres-");
      var server = EmbeddedPostgres.start(data, false);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    server.close();
                    Trees.delete(data);
                  }));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the files of a server that a test started for itself and has closed. */
  public static void remove(Path data) {
    Trees.delete(data);
  }
}
