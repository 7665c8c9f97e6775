package dev.celadon.laws;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where things stand on disk: the sources, the classes, and the wire contract beside them. */
public final class Checkout {

  public static final Path SOURCES = Path.of("src/main/java");
  public static final Path CLASSES = Path.of("target/classes");

  private static final Path CONTRACT = contract();

  /** All files under {@code root} whose name ends so, in order. */
  public static List<Path> files(Path root, String suffix) {
    try (var walk = Files.walk(root)) {
      return walk.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** A file of the wire contract that holds an object. */
  public static JsonObject contract(String name) {
    return new JsonObject(text(CONTRACT.resolve(name)));
  }

  /** The lines of a service's file in the wire contract; none if it has no file. */
  public static Stream<JsonObject> operations(String service) {
    var file = CONTRACT.resolve(service + ".json");
    if (!Files.exists(file)) return Stream.empty();
    return new JsonArray(text(file)).stream().map(JsonObject.class::cast);
  }

  private static Path contract() {
    for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      var found = at.resolveSibling("shared").resolve("contract");
      if (Files.isDirectory(found)) return found;
    }
    throw new IllegalStateException("../shared/contract, the wire contract, is not there");
  }

  private Checkout() {}
}
