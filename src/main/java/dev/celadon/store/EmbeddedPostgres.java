package dev.celadon.store;

import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL that belongs to one data directory and is looked after by this process: started,
 * started again when it dies, stopped at the end. When this process dies, the server goes on and is
 * taken over at the next start.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private static final Duration START_WITHIN = Duration.ofSeconds(15);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(20);
  private static final int POLL_MS = 10;
  private static final int WATCH_MS = 100;

  /** Orphans of a killed server hold its shared memory for a second or two. */
  private static final int RETRY_MS = 250;

  private final DataLock lock;
  private final Cluster cluster;
  private final Thread watch;
  private final String password;
  private final int port;
  private volatile Postmaster server;
  private volatile boolean closing;

  private EmbeddedPostgres(DataLock lock, Cluster cluster)
      throws IOException, InterruptedException {
    this.lock = lock;
    this.cluster = cluster;
    cluster.prepare();
    password = cluster.password();
    server = adopted().orElse(null) instanceof Postmaster found ? found : started(0);
    port = server.port();
    watch = Thread.ofPlatform().name("postgres-watch").daemon().start(this::watch);
  }

  /**
   * Starts PostgreSQL, or takes over the one that a killed Celadon has left, and waits until it
   * accepts statements.
   *
   * @param data everything is kept here
   * @throws CannotStart when another Celadon uses the directory, or PostgreSQL does not start
   */
  public static EmbeddedPostgres start(Path data) {
    return start(data, true);
  }

  static EmbeddedPostgres start(Path data, boolean durable) {
    Path home = data.toAbsolutePath().normalize();
    DataLock lock = DataLock.take(home);
    try {
      var binaries = PostgresBinaries.unpacked(cache(home));
      return new EmbeddedPostgres(lock, new Cluster(home, binaries, RunAs.choose(), durable));
    } catch (IOException e) {
      lock.close();
      throw new CannotStart("PostgreSQL cannot be started in %s: %s".formatted(home, e), e);
    } catch (InterruptedException e) {
      lock.close();
      Thread.currentThread().interrupt();
      throw new CannotStart("interrupted while starting PostgreSQL", e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Shared by all data directories of a user where that is possible. */
  private static Path cache(Path data) {
    Path home = Path.of(System.getProperty("user.home", "/"));
    boolean usable = home.getNameCount() > 0 && Files.isWritable(home);
    return usable ? home.resolve(".cache/celadon") : data.resolve("cache");
  }

  /** Where it listens and who may ask; stays the same when the server is started again. */
  public PgConnectOptions address() {
    return new PgConnectOptions()
        .setHost("127.0.0.1")
        .setPort(port)
        .setDatabase(Cluster.DATABASE)
        .setUser(Cluster.USER)
        .setPassword(password);
  }

  /** The process of the server at this moment. */
  public long pid() {
    return server.process().pid();
  }

  /** Stops the server after what is under way has been cut off, and frees the data directory. */
  @Override
  public void close() {
    closing = true;
    watch.interrupt();
    try {
      watch.join();
      stop(server);
    } catch (IOException e) {
      LOG.warn("PostgreSQL could not be stopped: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.close();
    }
  }

  private Optional<Postmaster> adopted() throws IOException, InterruptedException {
    var found = Postmaster.of(cluster.directory());
    if (found.isEmpty()) {
      return found;
    }
    if (found.get().ready() && cluster.current()) {
      LOG.info("took over PostgreSQL, process {}", found.get().process().pid());
      return found;
    }
    stop(found.get());
    return Optional.empty();
  }

  /** Starts a server and waits for it; 0 takes any free port. */
  private Postmaster started(int wantedPort) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_WITHIN.toNanos();
    while (true) {
      Process process = cluster.launch(wantedPort == 0 ? Cluster.freePort() : wantedPort);
      var ready = ready(process);
      if (ready.isPresent()) {
        return ready.get();
      }
      if (System.nanoTime() > deadline) {
        throw new CannotStart("PostgreSQL does not start: " + cluster.complaint());
      }
      Thread.sleep(RETRY_MS);
    }
  }

  /** Waits until the server accepts statements, however long it recovers, or is gone. */
  private Optional<Postmaster> ready(Process process) throws InterruptedException {
    try {
      while (process.isAlive()) {
        var found = Postmaster.of(cluster.directory()).filter(Postmaster::ready);
        if (found.isPresent() && found.get().process().pid() == process.pid()) {
          return found;
        }
        Thread.sleep(POLL_MS);
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      process.destroy();
      throw e;
    }
  }

  private void stop(Postmaster running) throws IOException, InterruptedException {
    for (String signal : new String[] {"INT", "QUIT"}) {
      if (!running.process().isAlive()) {
        return;
      }
      cluster.signal(running, signal);
      long deadline = System.nanoTime() + STOP_WITHIN.toNanos();
      while (running.process().isAlive() && System.nanoTime() < deadline) {
        Thread.sleep(POLL_MS);
      }
    }
    running.process().destroyForcibly();
  }

  private void watch() {
    while (!closing) {
      try {
        if (died()) {
          LOG.warn("PostgreSQL died; starting it again");
          server = started(port);
          LOG.info("PostgreSQL is back, process {}", server.process().pid());
        }
        Thread.sleep(WATCH_MS);
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        LOG.error("PostgreSQL cannot be started again: {}", e.getMessage());
        LockSupport.parkNanos(Duration.ofMillis(RETRY_MS).toNanos());
      }
    }
  }

  /** Who has no file left to open sees no process at all: then nothing can be told, or started. */
  private boolean died() {
    return !server.process().isAlive()
        && ProcessHandle.current().isAlive()
        && !server.process().isAlive();
  }
}
