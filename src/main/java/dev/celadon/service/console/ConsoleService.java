package dev.celadon.service.console;

import dev.celadon.api.Action;
import dev.celadon.api.Service;
import java.util.List;
import java.util.function.Supplier;

/** {@code /v1/console}. */
public final class ConsoleService implements Service {

  /**
   * What this installation can do.
   *
   * @param https whether clients reach it over TLS
   * @param maxFileBytes the largest file that can be stored; 0 while none can
   * @param maxCodeBytes the largest archive of code; 0 while none runs
   * @param maxBuildSeconds how long a build may take
   * @param relationships whether columns can refer to other tables
   * @param operators whether values can be changed atomically, in place
   * @param spatials whether there are points, lines and polygons
   * @param fulltext whether there are indexes for searching in texts
   */
  public record Capabilities(
      boolean https,
      long maxFileBytes,
      long maxCodeBytes,
      int maxBuildSeconds,
      boolean relationships,
      boolean operators,
      boolean spatials,
      boolean fulltext) {}

  private final Supplier<Capabilities> capabilities;

  /**
   * @param capabilities asked when somebody asks
   */
  public ConsoleService(Supplier<Capabilities> capabilities) {
    this.capabilities = capabilities;
  }

  @Override
  public String name() {
    return "console";
  }

  @Override
  public List<Action> actions() {
    return List.of(GetVariables.in(capabilities), ListRegions.in());
  }
}
