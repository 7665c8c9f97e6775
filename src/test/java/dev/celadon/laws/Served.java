package dev.celadon.laws;

import dev.celadon.Server;
import dev.celadon.api.Catalog;
import dev.celadon.config.Arguments;
import dev.celadon.config.Sources;
import dev.celadon.store.TestPostgres;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server of the tests' own, as it is started for people, and the catalogue of what it serves. */
public final class Served {

  private static final List<String> FLAGS =
      List.of(
          "--server.port=0",
          "--server.host=127.0.0.1",
          "--console.signUp=open",
          "--data.directory=" + data(),
          "--security.argon2MemoryKiB=8192",
          "--security.argon2Iterations=1");

  private static final Server SERVER = start("--limits.enabled=false");

  /** The server that tests share; it knows no rate limits. */
  public static Server server() {
    return SERVER;
  }

  /** Everything that is served. */
  public static Catalog catalog() {
    return SERVER.catalog();
  }

  /** A server with a database of its own; it ends with the JVM. */
  public static Server start(String... flags) {
    var words = new ArrayList<>(FLAGS);
    words.addAll(List.of(flags));
    var config = Sources.read(Arguments.parse(words), Map.of(), Path.of("target"));
    return Server.of(Vertx.vertx(), config, TestPostgres.fresh()).start();
  }

  private static Path data() {
    try {
      return Files.createDirectories(Path.of("target", "test-data").toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Served() {}
}
