package dev.celadon.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * One step of the schema.
 *
 * @param number where it stands in the order
 * @param name what it does, from the file's name
 * @param sql its statements
 */
public record Migration(int number, String name, String sql) {

  private static final Pattern FILE = Pattern.compile("db/(\\d{4})_([a-z0-9_]+)\\.sql");

  /** Fingerprint of the statements. */
  public String checksum() {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(sql.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The files {@code db/NNNN_name.sql} that Celadon was built with, in order. */
  public static List<Migration> builtIn() {
    return resources().stream()
        .filter(file -> FILE.matcher(file).matches())
        .sorted()
        .map(Migration::read)
        .toList();
  }

  private static Migration read(String file) {
    var parts = FILE.matcher(file);
    try (InputStream in = Migration.class.getResourceAsStream("/" + file)) {
      if (in == null || !parts.matches()) {
        throw new CannotStart("migration " + file + " cannot be read");
      }
      String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Migration(Integer.parseInt(parts.group(1)), parts.group(2), sql);
    } catch (IOException e) {
      throw new CannotStart("migration " + file + " cannot be read", e);
    }
  }

  /** No index to keep up to date: the jar, or the directory of classes, is asked what it has. */
  private static List<String> resources() {
    try {
      Path home =
          Path.of(Migration.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(home)) {
        try (var files = Files.list(home.resolve("db"))) {
          return files.map(file -> "db/" + file.getFileName()).toList();
        }
      }
      try (var jar = new JarFile(home.toFile())) {
        return jar.stream().map(entry -> entry.getName()).toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new CannotStart("migrations cannot be listed: " + e.getMessage(), e);
    }
  }
}
