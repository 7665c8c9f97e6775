package dev.celadon.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Whole directories at once. */
final class Trees {

  private Trees() {}

  /** Deletes a directory and all it has; nothing happens when it is not there. */
  static void delete(Path root) {
    each(root, Files::delete);
  }

  /** Gives a directory and all it has to a user and group by number; needs to be root. */
  static void own(Path root, int user) {
    each(
        root,
        file -> {
          Files.setAttribute(file, "unix:uid", user, java.nio.file.LinkOption.NOFOLLOW_LINKS);
          Files.setAttribute(file, "unix:gid", user, java.nio.file.LinkOption.NOFOLLOW_LINKS);
        });
  }

  /** Deepest first. */
  private static void each(Path root, Visit visit) {
    if (!Files.exists(root)) {
      return;
    }
    try (var found = Files.walk(root)) {
      List<Path> files = found.sorted(Comparator.reverseOrder()).toList();
      for (Path file : files) {
        visit.at(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Visit {
    void at(Path file) throws IOException;
  }
}
