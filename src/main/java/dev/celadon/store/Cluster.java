package dev.celadon.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The files of the embedded PostgreSQL under a data directory, and the programs that make, start
 * and stop it. Knows nothing of supervision.
 */
final class Cluster {

  static final String USER = "celadon";
  static final String DATABASE = "celadon";

  private static final int CONNECTIONS = 200;

  /** All commits wait while a segment is made; a quarter of the usual size is a shorter wait. */
  private static final int WAL_SEGMENT_MB = 4;

  /** Each class of tests has clients of its own, and none closes them. */
  private static final int TEST_CONNECTIONS = 2_000;

  private static final long LOG_LIMIT_BYTES = 10L << 20;
  private static final int PASSWORD_BYTES = 24;

  /** Stretching helps words that people think of; 24 random bytes only make connecting slow. */
  private static final int SCRAM_ITERATIONS = 64;

  private final Path directory;
  private final Path log;
  private final Path passwordFile;
  private final Path binaries;
  private final RunAs runAs;
  private final boolean durable;

  /**
   * @param data the data directory, absolute
   * @param durable false only for tests, which gain speed by losing what a power cut would lose
   */
  Cluster(Path data, Path binaries, RunAs runAs, boolean durable) {
    this.directory = data.resolve("postgres");
    this.log = data.resolve("postgres.log");
    this.passwordFile = data.resolve("postgres.password");
    this.binaries = binaries;
    this.runAs = runAs;
    this.durable = durable;
  }

  Path directory() {
    return directory;
  }

  /** Makes the cluster when it is not there; one that was begun and not finished is made again. */
  void prepare() throws IOException, InterruptedException {
    Path version = directory.resolve("PG_VERSION");
    if (!Files.exists(version)) {
      initialise();
    }
    String found = Files.readString(version).strip();
    if (!found.equals("18")) {
      throw new CannotStart(
          "%s was written by PostgreSQL %s, this Celadon carries 18".formatted(directory, found));
    }
    runAs.own(directory);
  }

  private void initialise() throws IOException, InterruptedException {
    Path fresh = directory.resolveSibling("postgres.new");
    Trees.delete(fresh);
    Files.createDirectory(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    String password = newPassword();
    writePrivately(passwordFile, password);
    Path secret = fresh.resolveSibling("postgres.new.password");
    writePrivately(secret, password);
    runAs.own(fresh);
    runAs.own(secret);
    try {
      // initdb refuses a directory with anything in it, hence the secret beside it.
      finish(
          "initdb",
          List.of(
              "--pgdata=" + fresh,
              "--username=" + USER,
              "--pwfile=" + secret,
              "--auth=scram-sha-256",
              "--set=scram_iterations=" + SCRAM_ITERATIONS,
              "--wal-segsize=" + WAL_SEGMENT_MB,
              "--encoding=UTF8",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--locale=C",
              "--no-instructions"),
          "");
      finish(
          "postgres",
          List.of("--single", "-D", fresh.toString(), "template1"),
          "CREATE DATABASE " + DATABASE + "\n");
    } finally {
      Files.deleteIfExists(secret);
    }
    Files.move(fresh, directory);
  }

  private static String newPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random) + "\n";
  }

  private static void writePrivately(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  String password() throws IOException {
    return Files.readString(passwordFile).strip();
  }

  /** Starts a server in a session of its own, so that Ctrl-C at the terminal is not for it. */
  Process launch(int port) throws IOException {
    var words = new ArrayList<String>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      words.add("/usr/bin/setsid");
    }
    words.add(binaries.resolve("bin/postgres").toString());
    words.addAll(arguments());
    words.addAll(List.of("-p", Integer.toString(port)));
    boolean large = Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES;
    var output =
        large
            ? ProcessBuilder.Redirect.to(log.toFile())
            : ProcessBuilder.Redirect.appendTo(log.toFile());
    return runAs
        .command(words)
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectErrorStream(true)
        .redirectOutput(output)
        .start();
  }

  private List<String> arguments() {
    String safe = durable ? "on" : "off";
    var settings =
        List.of(
            "fsync=" + safe,
            "synchronous_commit=" + safe,
            "full_page_writes=" + safe,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=" + (durable ? CONNECTIONS : TEST_CONNECTIONS),
            "io_method=sync",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
            "log_line_prefix=%m ");
    var words = new ArrayList<>(List.of("-D", directory.toString()));
    for (String setting : settings) {
      words.addAll(List.of("-c", setting));
    }
    return words;
  }

  /** Whether a server that is already running was started with the settings of today. */
  boolean current() {
    try {
      String written = Files.readString(directory.resolve("postmaster.opts"));
      var wanted = new StringBuilder();
      for (String word : arguments()) {
        wanted.append(" \"").append(word).append('"');
      }
      return written.startsWith(binaries.resolve("bin/postgres") + wanted.toString());
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks the server to disconnect everybody and stop (INT), or to drop everything (QUIT). */
  void signal(Postmaster server, String name) throws IOException, InterruptedException {
    finish("pg_ctl", List.of("kill", name, Long.toString(server.process().pid())), "");
  }

  private void finish(String program, List<String> arguments, String input)
      throws IOException, InterruptedException {
    var words = new ArrayList<>(List.of(binaries.resolve("bin").resolve(program).toString()));
    words.addAll(arguments);
    var process = runAs.command(words).redirectErrorStream(true).start();
    try (var in = process.outputWriter()) {
      in.write(input);
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new CannotStart("%s failed: %s".formatted(program, lastLine(said)));
    }
  }

  /** The last thing a failed start wrote. */
  String complaint() throws IOException {
    return Files.exists(log) ? lastFatal(Files.readString(log)) : "nothing in its log";
  }

  private static String lastFatal(String text) {
    return text.lines()
        .filter(line -> line.contains("FATAL") || line.contains("PANIC") || line.contains("rror"))
        .reduce((first, second) -> second)
        .orElseGet(() -> lastLine(text));
  }

  private static String lastLine(String text) {
    Optional<String> last =
        text.lines().filter(line -> !line.isBlank()).reduce((first, second) -> second);
    return last.orElse("no output").strip();
  }

  /** A port of the loopback address that is free at this moment. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
