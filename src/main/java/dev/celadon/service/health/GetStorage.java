package dev.celadon.service.health;

import static dev.celadon.api.Endpoint.get;

import dev.celadon.api.Action;
import dev.celadon.api.Model;
import dev.celadon.api.Schema;
import dev.celadon.api.Scope;
import dev.celadon.domain.installation.Health.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Whether files can be stored, and whether they are looked through for viruses. */
final class GetStorage {

  /** Less free space than this share of the disk is a failure: PostgreSQL needs room, too. */
  private static final double LEAST_FREE = 0.05;

  private static final Model<String> VIRUSES =
      Model.of("HealthAntivirus", String.class)
          .field("version", Schema.TEXT, status -> "", "Of the scanner; there is none.")
          .field("status", Schema.TEXT, status -> status, "`disabled`, `offline` or `online`.");

  static Stream<Action> in(Path folder) {
    return Stream.of(
        action("/v1/health/storage", "getStorage", folder),
        action("/v1/health/storage/local", "getStorageLocal", folder),
        get("/v1/health/anti-virus")
            .named("health", "getAntivirus")
            .doc("Is there a virus scanner?", "There is none.")
            .scopes(Scope.HEALTH_READ)
            .returns(200, VIRUSES, call -> "disabled"));
  }

  private static Action action(String path, String name, Path folder) {
    return get(path)
        .named("health", name)
        .doc("Can files be stored?", "Writes and removes a file where files are kept; or 503.")
        .scopes(Scope.HEALTH_READ)
        .returns(200, HealthModels.STATUS, call -> HealthModels.passing(probe(folder)));
  }

  private static Status probe(Path folder) {
    long started = System.nanoTime();
    boolean passes;
    try {
      var file = Files.createTempFile(folder, ".health", "");
      Files.writeString(file, "x");
      Files.delete(file);
      var store = Files.getFileStore(folder);
      passes = store.getUsableSpace() >= store.getTotalSpace() * LEAST_FREE;
    } catch (IOException e) {
      passes = false;
    }
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    return new Status("local", took, passes);
  }

  private GetStorage() {}
}
