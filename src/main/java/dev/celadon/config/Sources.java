package dev.celadon.config;

import dev.celadon.config.Settings.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Puts file, environment and command line over one another, in this order. */
public final class Sources {

  private static final Path FILE = Path.of("conf", "celadon.yml");
  private static final String PREFIX = "CELADON_";

  /** Read by the scripts that start Celadon, not by Celadon. */
  private static final String FOR_SCRIPTS = "CELADON_JAVA_";

  private final Map<String, Given> given = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  private Sources() {}

  /**
   * Reads the configuration.
   *
   * @param directory where {@code conf/celadon.yml} and relative names start from
   * @throws BadConfig with every fault of all three sources
   */
  public static Config read(Arguments arguments, Map<String, String> environment, Path directory) {
    var sources = new Sources();
    sources.faults.addAll(arguments.faults());
    sources.file(arguments, directory);
    sources.environment(environment);
    arguments
        .values()
        .forEach((key, value) -> sources.given.put(key, new Given("command line", value)));
    var settings = new Settings(sources.given);
    Config config = Config.read(settings);
    settings.finish(sources.faults);
    return config;
  }

  private void file(Arguments arguments, Path directory) {
    Path named = arguments.file().map(Path::of).orElse(FILE);
    Path file = directory.resolve(named);
    if (arguments.file().isEmpty() && !Files.exists(file)) {
      return;
    }
    try (var reader = Files.newBufferedReader(file)) {
      var options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      Object tree = new Yaml(new SafeConstructor(options)).load(reader);
      if (tree instanceof Map<?, ?> top) {
        flatten(named.toString(), "", top);
      } else if (tree != null) {
        faults.add(named + ": must be keys with values");
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      faults.add("%s: line %d: %s".formatted(named, line, e.getProblem()));
    } catch (IOException | YAMLException e) {
      faults.add("%s: cannot be read".formatted(named));
    }
  }

  private void flatten(String source, String prefix, Map<?, ?> tree) {
    tree.forEach(
        (name, value) -> {
          String key = prefix + name;
          if (value instanceof Map<?, ?> inner) {
            flatten(source, key + ".", inner);
          } else if (value != null) {
            given.put(key, new Given(source, value));
          }
        });
  }

  private void environment(Map<String, String> environment) {
    var blank = new Settings(Map.of());
    Config.read(blank);
    var keys = new TreeMap<String, String>();
    blank.defaults().keySet().forEach(key -> keys.put(variable(key), key));
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (keys.containsKey(name)) {
                given.put(keys.get(name), new Given(name, value));
              } else if (name.startsWith(PREFIX) && !name.startsWith(FOR_SCRIPTS)) {
                faults.add("environment: %s is not a setting".formatted(name));
              }
            });
  }

  /** The variable of a key: {@code server.publicUrl} is {@code CELADON_SERVER_PUBLIC_URL}. */
  static String variable(String key) {
    return PREFIX
        + key.replace("KiB", "Kib")
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replace('.', '_')
            .toUpperCase(Locale.ROOT);
  }
}
