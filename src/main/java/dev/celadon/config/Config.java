package dev.celadon.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Everything the operator decides. What each key means is told in {@code conf/celadon.yml}. */
public record Config(
    Server server,
    Postgres postgres,
    Data data,
    Console console,
    Security security,
    Limits limits,
    Databases databases,
    Cors cors,
    Events events,
    Realtime realtime,
    Metrics metrics,
    Services services) {

  private static final int DAY_S = 86_400;
  private static final int KIB = 1024;
  private static final int MIB = KIB * KIB;
  private static final int MINUTE_MS = 60_000;

  /** The HTTP server and what it puts up with. An empty publicUrl means localhost and the port. */
  public record Server(
      String host,
      int port,
      String publicUrl,
      int maxBodyBytes,
      int maxHeaderBytes,
      int maxUriBytes,
      int maxBodyValues,
      int maxConnections,
      int idleTimeoutS,
      int headerTimeoutMs,
      int bodyTimeoutMs,
      int requestTimeoutMs,
      int trustedProxyHops,
      int nestingMax) {

    private static Server read(Settings s) {
      var server =
          new Server(
              s.text("server.host", "0.0.0.0"),
              s.integer("server.port", 5000, 0, 65_535),
              s.text("server.publicUrl", ""),
              s.integer("server.maxBodyBytes", 10 * MIB, KIB, 1024 * MIB),
              s.integer("server.maxHeaderBytes", 32 * KIB, KIB, MIB),
              s.integer("server.maxUriBytes", 32 * KIB, KIB, MIB),
              s.integer("server.maxBodyValues", 200_000, 1_000, 100 * MIB),
              s.integer("server.maxConnections", 0, 0, 10 * MIB),
              s.integer("server.idleTimeoutS", 60, 1, DAY_S),
              s.integer("server.headerTimeoutMs", 10_000, 100, 10 * MINUTE_MS),
              s.integer("server.bodyTimeoutMs", 30_000, 100, 60 * MINUTE_MS),
              s.integer("server.requestTimeoutMs", 30_000, 100, 60 * MINUTE_MS),
              s.integer("server.trustedProxyHops", 0, 0, 16),
              s.integer("server.nestingMax", 64, 8, 1000));
      if (!server.publicUrl.isEmpty() && !isUrl(server.publicUrl, List.of("http", "https"))) {
        s.fault("server.publicUrl", "a URL that begins with http:// or https://");
      }
      return server;
    }
  }

  /** The database; an empty url means the embedded one. */
  public record Postgres(
      String url,
      String user,
      String password,
      int poolSize,
      int pipelining,
      int pipelinedConnections,
      int statementTimeoutMs,
      int connectTimeoutMs,
      int poolWaitMs) {

    private static Postgres read(Settings s) {
      var postgres =
          new Postgres(
              s.text("postgres.url", ""),
              s.text("postgres.user", ""),
              s.text("postgres.password", ""),
              s.integer("postgres.poolSize", 16, 1, 1000),
              s.integer("postgres.pipelining", 16, 1, 256),
              s.integer("postgres.pipelinedConnections", 8, 1, 256),
              s.integer("postgres.statementTimeoutMs", 10_000, 10, 60 * MINUTE_MS),
              s.integer("postgres.connectTimeoutMs", 2_000, 10, MINUTE_MS),
              s.integer("postgres.poolWaitMs", 2_000, 10, MINUTE_MS));
      // The value may hold a password: say what is wanted, not what was found.
      if (!postgres.url.isEmpty() && !isUrl(postgres.url, List.of("postgres", "postgresql"))) {
        s.fault("postgres.url", "empty, or a URL like postgresql://host:5432/database");
      }
      return postgres;
    }

    /** Whether Celadon runs a PostgreSQL of its own. */
    public boolean embedded() {
      return url.isEmpty();
    }
  }

  /** Where everything is kept that is kept on this machine. */
  public record Data(Path directory) {
    private static Data read(Settings s) {
      return new Data(Path.of(s.text("data.directory", "data")));
    }
  }

  /** The console of the installation; signUp is {@code first} or {@code open}. */
  public record Console(String signUp) {
    private static Console read(Settings s) {
      return new Console(s.choice("console.signUp", "first", List.of("first", "open")));
    }
  }

  /** Sessions, tokens and the cost of a password's hash. */
  public record Security(
      String secret,
      int internalTokenS,
      int argon2MemoryKiB,
      int argon2Iterations,
      int argon2Parallelism,
      int hashThreads,
      int hashQueue) {

    private static Security read(Settings s) {
      return new Security(
          s.text("security.secret", ""),
          s.integer("security.internalTokenS", 300, 10, 3600),
          s.integer("security.argon2MemoryKiB", 19_456, KIB, 64 * KIB),
          s.integer("security.argon2Iterations", 2, 1, 20),
          s.integer("security.argon2Parallelism", 1, 1, 16),
          s.integer("security.hashThreads", 2, 1, 64),
          s.integer("security.hashQueue", 256, 1, 100_000));
    }
  }

  /** Rate limits. */
  public record Limits(boolean enabled) {
    private static Limits read(Settings s) {
      return new Limits(s.flag("limits.enabled", true));
    }
  }

  /** What calls of databases may bring at once. */
  public record Databases(int bulkRows, long importBytes) {
    private static Databases read(Settings s) {
      return new Databases(
          s.integer("databases.bulkRows", 100, 1, 10_000),
          s.number("databases.importBytes", 1024L * MIB, KIB, 1L << 40));
    }
  }

  /** Pages of other origins. */
  public record Cors(boolean allowLocalhost) {
    private static Cors read(Settings s) {
      return new Cors(s.flag("cors.allowLocalhost", true));
    }
  }

  /** How long events are kept, and how often they are looked for. */
  public record Events(int retentionDays, long retentionBytes, int pollMs, int coalesceMs) {
    private static Events read(Settings s) {
      return new Events(
          s.integer("events.retentionDays", 30, 1, 3650),
          s.number("events.retentionBytes", 10_240L * MIB, 64L * MIB, 1L << 50),
          s.integer("events.pollMs", 1_000, 50, MINUTE_MS),
          s.integer("events.coalesceMs", 8, 0, 1_000));
    }
  }

  /** What one subscriber may ask for and fall behind. */
  public record Realtime(
      int messagesPerMinute,
      int connectionsPerAddress,
      int queueBytes,
      int queueAgeMs,
      int channelsPerConnection) {

    private static Realtime read(Settings s) {
      return new Realtime(
          s.integer("realtime.messagesPerMinute", 32, 1, 100_000),
          s.integer("realtime.connectionsPerAddress", 128, 1, 1_000_000),
          s.integer("realtime.queueBytes", MIB, 16 * KIB, 256 * MIB),
          s.integer("realtime.queueAgeMs", 10_000, 100, 10 * MINUTE_MS),
          s.integer("realtime.channelsPerConnection", 128, 1, 10_000));
    }
  }

  /** Who may read the metrics besides this machine. */
  public record Metrics(String token, List<String> addresses) {
    private static Metrics read(Settings s) {
      return new Metrics(s.text("metrics.token", ""), s.list("metrics.addresses"));
    }
  }

  /** Services that are off for the whole installation. */
  public record Services(List<String> disabled) {
    private static Services read(Settings s) {
      return new Services(s.list("services.disabled"));
    }
  }

  /** What holds where nothing is configured. */
  public static Config defaults() {
    return read(new Settings(Map.of()));
  }

  static Config read(Settings s) {
    return new Config(
        Server.read(s),
        Postgres.read(s),
        Data.read(s),
        Console.read(s),
        Security.read(s),
        Limits.read(s),
        Databases.read(s),
        Cors.read(s),
        Events.read(s),
        Realtime.read(s),
        Metrics.read(s),
        Services.read(s));
  }

  private static boolean isUrl(String text, List<String> schemes) {
    try {
      var url = new URI(text);
      return url.getScheme() != null && schemes.contains(url.getScheme()) && url.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
