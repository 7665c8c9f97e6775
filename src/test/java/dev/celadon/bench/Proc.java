package dev.celadon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux knows of a process. */
public final class Proc {

  private static final long TICK_US = 10_000;
  private static final int UTIME = 11;
  private static final int STIME = 12;
  private static final int STOLEN = 8;

  /** Processor time in user and kernel mode, microseconds. */
  public static long cpuUs(long pid) {
    var stat = read(Path.of("/proc/" + pid + "/stat"));
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * TICK_US;
  }

  /** Processor time that the host of a virtual machine gave to others, of all cores. */
  public static long stolenUs() {
    var fields = read(Path.of("/proc/stat")).lines().findFirst().orElseThrow().split("\\s+");
    return Long.parseLong(fields[STOLEN]) * TICK_US;
  }

  /** Resident memory, KiB. */
  public static long rssKiB(long pid) {
    return status(pid, "VmRSS:");
  }

  /** The most resident memory since {@link #forgetPeak}, KiB. */
  public static long peakKiB(long pid) {
    return status(pid, "VmHWM:");
  }

  /** Begins to look for the peak anew. */
  public static void forgetPeak(long pid) {
    try {
      Files.writeString(Path.of("/proc/" + pid + "/clear_refs"), "5");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long status(long pid, String name) {
    return read(Path.of("/proc/" + pid + "/status"))
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  /** The words that a process was started with. */
  public static String[] words(long pid) {
    return read(Path.of("/proc/" + pid + "/cmdline")).split("\0");
  }

  /** Load averages, as {@code uptime} shows them. */
  public static String load() {
    return read(Path.of("/proc/loadavg")).replaceFirst("^(\\S+ \\S+ \\S+).*\\s*$", "$1");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Proc() {}
}
