package dev.celadon.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How programs of PostgreSQL are run. They refuse to run as root, so that root runs them in a user
 * namespace, where it is nobody in particular but still owns its files; where namespaces are
 * forbidden, as the user «nobody», to whom the files are given first.
 */
enum RunAs {
  /** An ordinary user. */
  SELF(List.of()),
  /** Root, where user namespaces are allowed. */
  NAMESPACE(List.of("unshare", "-U")),
  /** Root, where they are not. */
  NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

  private static final int ROOT = 0;
  private static final int NOBODY_ID = 65534;

  private final List<String> prefix;

  RunAs(List<String> prefix) {
    this.prefix = prefix;
  }

  /** The way that works for the user of this process. */
  static RunAs choose() {
    try {
      if (!owns(Path.of("/proc/self"), ROOT)) {
        return SELF;
      }
      var probe = new ProcessBuilder("unshare", "-U", "true").start();
      return probe.waitFor() == 0 ? NAMESPACE : NOBODY;
    } catch (IOException e) {
      return NOBODY;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStart("interrupted while starting PostgreSQL");
    }
  }

  /** Makes {@code directory} and what is in it usable by the programs. */
  void own(Path directory) throws IOException {
    int owner = this == NOBODY ? NOBODY_ID : ROOT;
    if (this != SELF && !owns(directory, owner)) {
      Trees.own(directory, owner);
    }
  }

  private static boolean owns(Path file, int user) throws IOException {
    return Integer.valueOf(user).equals(Files.getAttribute(file, "unix:uid"));
  }

  /** A program with its arguments, in an environment that cannot change what it does. */
  ProcessBuilder command(List<String> programAndArguments) {
    var words = new ArrayList<>(prefix);
    words.addAll(programAndArguments);
    var builder = new ProcessBuilder(words);
    String path = builder.environment().get("PATH");
    builder.environment().clear();
    if (path != null) {
      builder.environment().put("PATH", path);
    }
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    return builder;
  }
}
