package dev.celadon.service.databases.rows;

import dev.celadon.api.Param;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.domain.documents.sql.Expected;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Versions of rows as HTTP speaks of them. The ETag is of sequence and version, so that a row made
 * anew under an old id is no version of the old one; the version alone is taken, too.
 */
public final class Versions {

  private static final int MOST = 10;
  private static final Pattern TAG = Pattern.compile("\"?(?:(\\d{1,18})-)?(\\d{1,18})\"?");

  /** The versions that a call is willing to change. */
  static final Param<Expected> IF_MATCH =
      Param.header("If-Match", rule(), "The ETag or `$version` that it must have still.")
          .optional();

  private static Rule<Expected> rule() {
    return Rules.rule(
        Schema.TEXT.with("maxLength", 1_000),
        raw -> {
          if (!(raw instanceof String text)) throw new Rule.Refused("must be text");
          if (text.strip().equals("*")) return Expected.ANY;
          var tags = text.split(",", MOST + 1);
          if (tags.length > MOST) throw new Rule.Refused("names more than " + MOST + " versions");
          var versions = new ArrayList<Expected.Version>(tags.length);
          for (var tag : tags) versions.add(version(tag.strip()));
          return new Expected(List.copyOf(versions));
        });
  }

  /** What {@link #IF_MATCH} reads as {@code expected}. */
  public static String text(Expected expected) {
    if (expected.versions().isEmpty()) return "*";
    return expected.versions().stream()
        .map(v -> v.sequence() == 0 ? "" + v.number() : v.sequence() + "-" + v.number())
        .collect(Collectors.joining(","));
  }

  private static Expected.Version version(String tag) throws Rule.Refused {
    var found = TAG.matcher(tag);
    if (!found.matches()) {
      throw new Rule.Refused("must be *, or ETags or versions parted by commas");
    }
    var sequence = found.group(1);
    return new Expected.Version(
        sequence == null ? 0 : Long.parseLong(sequence), Long.parseLong(found.group(2)));
  }

  /**
   * The ETag of a row that the engine encoded; the first fields are id, sequence and version, and
   * none of them needs an escape. Empty for what is no row.
   */
  public static String tag(Buffer row) {
    int sequence = after(row, "\"$sequence\":\"", 0);
    int version = after(row, "\"$version\":", sequence);
    if (sequence < 0 || version < 0) return "";
    return '"' + digits(row, sequence) + '-' + digits(row, version) + '"';
  }

  /** Where the text that follows {@code name} begins, not far from {@code from}; or -1. */
  private static int after(Buffer json, String name, int from) {
    if (from < 0) return -1;
    int last = Math.min(json.length() - name.length(), from + 64);
    for (int i = from; i <= last; i++) {
      int n = 0;
      while (n < name.length() && json.getByte(i + n) == name.charAt(n)) n++;
      if (n == name.length()) return i + n;
    }
    return -1;
  }

  private static String digits(Buffer json, int from) {
    int end = from;
    while (end < json.length() && Character.isDigit(json.getByte(end))) end++;
    return json.getString(from, end);
  }

  private Versions() {}
}
