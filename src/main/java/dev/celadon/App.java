package dev.celadon;

import dev.celadon.api.Version;
import dev.celadon.config.Arguments;
import dev.celadon.config.BadConfig;
import dev.celadon.config.Config;
import dev.celadon.config.Sources;
import dev.celadon.store.CannotStart;
import dev.celadon.store.EmbeddedPostgres;
import dev.celadon.store.Migration;
import dev.celadon.store.Migrator;
import dev.celadon.store.Postgres;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Starts Celadon: configuration, storage, services, gateway. All wiring is here. */
public final class App {

  private static final int MISUSED = 2;
  private static final int FAILED = 1;

  private final Config config;
  private final Teardown teardown;

  private App(Config config, Teardown teardown) {
    this.config = config;
    this.teardown = teardown;
  }

  /**
   * Runs the server until it is told to stop. What keeps it from starting is told on standard error
   * without a stack trace, and the exit status is not zero.
   *
   * @param args command-line flags, see {@code --help}
   */
  public static void main(String[] args) {
    var arguments = Arguments.parse(List.of(args));
    if (arguments.help() || arguments.version()) {
      System.out.print(arguments.help() ? Arguments.HELP : Version.PRODUCT + "\n");
      return;
    }
    var teardown = new Teardown();
    // Takes as long as what does not need it: reading the configuration, starting PostgreSQL.
    var vertx = Aside.of(App::vertx);
    try {
      Config config = Sources.read(arguments, System.getenv(), Path.of("").toAbsolutePath());
      teardown.atExit();
      new App(config, teardown).start(vertx);
    } catch (BadConfig e) {
      e.faults().forEach(fault -> System.err.println("celadon: " + fault));
      teardown.fail(MISUSED);
    } catch (CannotStart e) {
      System.err.println("celadon: " + e.getMessage());
      teardown.fail(FAILED);
    } catch (Exception e) {
      // Not foreseen, so the trace is wanted; left uncaught, the other threads would go on.
      LoggerFactory.getLogger(App.class).error("celadon: cannot start", e);
      teardown.fail(FAILED);
    }
  }

  private static Vertx vertx() {
    return Vertx.vertx(
        new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(Server.loops()));
  }

  private void start(Aside<Vertx> begun) {
    PgConnectOptions server = database();
    var vertx = begun.await();
    // Closes the clients of the database too, after those who use them.
    teardown.add(() -> vertx.close().await());
    Postgres postgres = postgres(vertx, server);
    var migrated = Aside.begin(() -> migrate(postgres));
    var node = Server.of(vertx, config, postgres);
    migrated.await();
    listen(node);

    int port = node.port();
    System.out.printf(
        "Celadon %s is ready at http://localhost:%d/v1 (API: http://localhost:%d/docs)%n",
        Version.PRODUCT, port, port);
    System.out.printf("Data is in %s%n", config.data().directory().toAbsolutePath().normalize());
  }

  private PgConnectOptions database() {
    if (config.postgres().embedded()) {
      var embedded = EmbeddedPostgres.start(config.data().directory());
      teardown.add(embedded::close);
      return embedded.address();
    }
    var server = external(config.postgres().url());
    if (!config.postgres().user().isEmpty()) {
      server.setUser(config.postgres().user());
    }
    if (!config.postgres().password().isEmpty()) {
      server.setPassword(config.postgres().password());
    }
    return server;
  }

  private static PgConnectOptions external(String url) {
    try {
      return PgConnectOptions.fromUri(url);
    } catch (IllegalArgumentException e) {
      // Neither the URL nor the message that quotes it: there may be a password in it.
      throw new CannotStart("postgres.url is not one that the driver of PostgreSQL understands", e);
    }
  }

  private Postgres postgres(Vertx vertx, PgConnectOptions server) {
    Config.Postgres wanted = config.postgres();
    var sizes =
        new Postgres.Sizes(
            wanted.poolSize(), wanted.pipelinedConnections(), wanted.pipelining(), Server.loops());
    var waits =
        new Postgres.Waits(
            wanted.statementTimeoutMs(), wanted.connectTimeoutMs(), wanted.poolWaitMs());
    return new Postgres(vertx, server, sizes, waits);
  }

  private static void migrate(Postgres postgres) {
    postgres.reach();
    new Migrator(postgres.transactions(), Migration.builtIn()).migrate();
  }

  private void listen(Server node) {
    try {
      node.start();
      teardown.add(node::close);
    } catch (Exception e) {
      if (e instanceof IOException) {
        Config.Server wanted = config.server();
        throw new CannotStart(
            "port %d of %s cannot be used: %s"
                .formatted(wanted.port(), wanted.host(), e.getMessage()),
            e);
      }
      throw e;
    }
  }
}
