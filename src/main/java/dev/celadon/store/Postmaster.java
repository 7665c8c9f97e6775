package dev.celadon.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A server of PostgreSQL at work, as it describes itself in {@code postmaster.pid}.
 *
 * @param process its process, which need not be a child of this one
 * @param port where it listens on the loopback address
 * @param ready whether it accepts statements
 */
record Postmaster(ProcessHandle process, int port, boolean ready) {

  private static final int PID_LINE = 0;
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  /** The live server of a cluster's directory, if there is one. */
  static Optional<Postmaster> of(Path cluster) {
    try {
      List<String> lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
      if (lines.size() <= PORT_LINE) {
        return Optional.empty();
      }
      int port = Integer.parseInt(lines.get(PORT_LINE).strip());
      boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).startsWith("ready");
      return ProcessHandle.of(Long.parseLong(lines.get(PID_LINE).strip()))
          .filter(ProcessHandle::isAlive)
          .filter(process -> serves(process, cluster))
          .map(process -> new Postmaster(process, port, ready));
    } catch (IOException | NumberFormatException e) {
      // Absent, or being written at this moment: either way there is nobody to talk to yet.
      return Optional.empty();
    }
  }

  /** After a crash of the machine the number may belong to any process. */
  private static boolean serves(ProcessHandle process, Path cluster) {
    return process.info().commandLine().orElse("").contains(cluster.toString());
  }
}
