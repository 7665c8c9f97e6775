package dev.celadon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

final class ConfigTest {

  @TempDir private Path directory;

  private Config read(Map<String, String> environment, String... words) {
    return Sources.read(Arguments.parse(List.of(words)), environment, directory);
  }

  private List<String> faults(Map<String, String> environment, String... words) {
    return assertThrows(BadConfig.class, () -> read(environment, words)).faults();
  }

  private void file(String text) throws IOException {
    Files.createDirectories(directory.resolve("conf"));
    Files.writeString(directory.resolve("conf/celadon.yml"), text);
  }

  @Test
  void theFileOfTheProjectListsEveryKeyWithItsDefault() throws IOException {
    var written = new LinkedHashMap<String, Object>();
    Map<String, Map<String, Object>> tree =
        new Yaml().load(Files.readString(Path.of("conf/celadon.yml")));
    tree.forEach(
        (section, keys) ->
            keys.forEach((key, value) -> written.put(section + "." + key, value.toString())));
    var known = new LinkedHashMap<String, Object>();
    var settings = new Settings(Map.of());
    Config.read(settings);
    settings.defaults().forEach((key, value) -> known.put(key, value.toString()));
    assertEquals(known.toString(), written.toString());
  }

  @Test
  void everyKeyOfTheFileIsExplained() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("conf/celadon.yml"));
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).matches("  \\w+:.*")) {
        assertTrue(lines.get(i - 1).startsWith("  # "), lines.get(i));
      }
    }
  }

  @Test
  void nothingConfiguredIsTheDefaults() {
    assertEquals(Config.defaults(), read(Map.of()));
    assertTrue(read(Map.of()).postgres().embedded());
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
    file("server:\n  port: 1001\n  host: 127.0.0.1\n  publicUrl: http://file.example\n");
    var environment =
        Map.of("CELADON_SERVER_PORT", "1002", "CELADON_SERVER_PUBLIC_URL", "http://env.example");
    var server = read(environment, "--port", "1003").server();
    assertEquals(1003, server.port());
    assertEquals("http://env.example", server.publicUrl());
    assertEquals("127.0.0.1", server.host());
  }

  @Test
  void allFaultsAreToldTogether() throws IOException {
    file("server:\n  prot: 1\n  host: a\npostgres:\n  url: mysql://secret@host/x\n");
    var environment =
        Map.of("CELADON_LIMITS_ENABLED", "perhaps", "CELADON_SPEED", "9", "PATH", "/bin");
    assertEquals(
        List.of(
            "command line: --prot is not a flag, see --help",
            "environment: CELADON_SPEED is not a setting",
            "conf/celadon.yml: server.prot is not a setting (did you mean server.port?)",
            "command line: server.port must be a whole number from 0 to 65535, not 'abc'",
            "conf/celadon.yml: postgres.url must be empty, or a URL like"
                + " postgresql://host:5432/database",
            "CELADON_LIMITS_ENABLED: limits.enabled must be true or false, not 'perhaps'"),
        faults(environment, "--prot=1", "--port=abc"));
  }

  @Test
  void aBrokenFileNamesItsLine() throws IOException {
    file("server:\n  port: 1\n  port: 2\n");
    assertTrue(faults(Map.of()).getFirst().startsWith("conf/celadon.yml: line 3: "));
    file("server: [1\nx: {");
    assertTrue(faults(Map.of()).getFirst().startsWith("conf/celadon.yml: line 2: "));
    file("just text");
    assertEquals("conf/celadon.yml: must be keys with values", faults(Map.of()).getFirst());
  }

  @Test
  void aFileThatWasNamedMustExist() {
    assertEquals(List.of("none.yml: cannot be read"), faults(Map.of(), "--config", "none.yml"));
  }

  @Test
  void listsComeFromFileAndEnvironment() throws IOException {
    file("services:\n  disabled: [graphql, sites]\n");
    assertEquals(List.of("graphql", "sites"), read(Map.of()).services().disabled());
    var environment = Map.of("CELADON_SERVICES_DISABLED", "a, b");
    assertEquals(List.of("a", "b"), read(environment).services().disabled());
  }

  @Test
  void anyKeyIsAFlag() {
    var config = read(Map.of(), "--security.argon2MemoryKiB", "65536", "--limits.enabled=false");
    assertEquals(65_536, config.security().argon2MemoryKiB());
    assertFalse(config.limits().enabled());
    assertEquals(
        "CELADON_SECURITY_ARGON2_MEMORY_KIB", Sources.variable("security.argon2MemoryKiB"));
  }

  @Test
  void helpAndMissingValues() {
    assertTrue(Arguments.parse(List.of("--help")).help());
    assertTrue(Arguments.parse(List.of("--version")).version());
    assertEquals(
        List.of("command line: --port needs a value"), Arguments.parse(List.of("--port")).faults());
    assertEquals(
        List.of("command line: 'x' is not understood, see --help"),
        Arguments.parse(List.of("x")).faults());
  }
}
