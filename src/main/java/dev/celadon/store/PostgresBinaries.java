package dev.celadon.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs of PostgreSQL, carried as an archive in a jar and unpacked once per machine. */
final class PostgresBinaries {

  /** Part of the directory's name: another release is unpacked beside this one. */
  private static final String RELEASE = "18.6.0";

  private PostgresBinaries() {}

  /**
   * The directory with {@code bin/postgres} and {@code bin/initdb}.
   *
   * @param cache where to unpack when that has not happened yet
   */
  static Path unpacked(Path cache) {
    String platform = platform();
    Path home = cache.resolve("postgres-" + RELEASE + "-" + platform);
    if (Files.isExecutable(home.resolve("bin/postgres"))) {
      return home;
    }
    try (InputStream archive =
        PostgresBinaries.class.getResourceAsStream("/postgres-" + platform + ".txz")) {
      if (archive == null) {
        throw new CannotStart(
            "no PostgreSQL for %s is built in: set postgres.url to a server of yours"
                .formatted(platform));
      }
      Files.createDirectories(cache);
      Path fresh = Files.createTempDirectory(cache, "unpacking-");
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      unpack(archive, fresh);
      publish(fresh, home);
      return home;
    } catch (IOException e) {
      throw new CannotStart("PostgreSQL cannot be unpacked in %s: %s".formatted(cache, e), e);
    }
  }

  private static String platform() {
    String arch = System.getProperty("os.arch");
    return System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT)
        + "-"
        + switch (arch) {
          case "amd64" -> "x86_64";
          case "aarch64" -> "arm_64";
          default -> arch;
        };
  }

  /** Two processes may unpack at the same time: the first to finish wins, the other is as good. */
  private static void publish(Path fresh, Path home) throws IOException {
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException
        | DirectoryNotEmptyException
        | AtomicMoveNotSupportedException e) {
      Trees.delete(fresh);
    }
  }

  private static void unpack(InputStream archive, Path target) throws IOException {
    try (var tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("archive leaves its directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, file);
          boolean program = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }
}
