package dev.celadon.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line.
 *
 * @param help whether only help is wanted
 * @param version whether only the version is wanted
 * @param file the configuration file that was named
 * @param values keys given with their values
 * @param faults what cannot be understood, one line each
 */
public record Arguments(
    boolean help,
    boolean version,
    Optional<String> file,
    Map<String, String> values,
    List<String> faults) {

  /** What {@code --help} prints. */
  public static final String HELP =
      """
      Celadon, a backend for applications in one process.

        --port N       port to listen on (server.port, 5000)
        --data DIR     directory of everything that is kept (data.directory, data)
        --config FILE  configuration (conf/celadon.yml when it exists)
        --KEY VALUE    any key of conf/celadon.yml, for instance --server.host 127.0.0.1
        --version      print the version
        --help         print this

      A key may also come from the environment: server.port is CELADON_SERVER_PORT.
      The command line wins over the environment, and that over the file.
      """;

  private static final Map<String, String> SHORT =
      Map.of("port", "server.port", "data", "data.directory");

  /** Reads flags of the forms {@code --name value} and {@code --name=value}. */
  public static Arguments parse(List<String> words) {
    var values = new LinkedHashMap<String, String>();
    var faults = new ArrayList<String>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String name = word.replaceFirst("^--", "").replaceFirst("=.*$", "");
      if (!word.startsWith("--") || name.isEmpty()) {
        faults.add("command line: '%s' is not understood, see --help".formatted(word));
      } else if (name.equals("help") || name.equals("version")) {
        values.put(name, "true");
      } else if (!name.equals("config") && !SHORT.containsKey(name) && !name.contains(".")) {
        faults.add("command line: --%s is not a flag, see --help".formatted(name));
      } else if (word.contains("=")) {
        values.put(SHORT.getOrDefault(name, name), word.substring(word.indexOf('=') + 1));
      } else if (i + 1 < words.size() && !words.get(i + 1).startsWith("--")) {
        values.put(SHORT.getOrDefault(name, name), words.get(++i));
      } else {
        faults.add("command line: --%s needs a value".formatted(name));
      }
    }
    boolean help = values.remove("help") != null;
    boolean version = values.remove("version") != null;
    var file = Optional.ofNullable(values.remove("config"));
    return new Arguments(help, version, file, values, faults);
  }
}
