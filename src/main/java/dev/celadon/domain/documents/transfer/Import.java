package dev.celadon.domain.documents.transfer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of rows on its way into a table.
 *
 * @param number of the table
 * @param owner who began it, as the event log names actors
 */
public record Import(
    String id,
    String database,
    String table,
    long number,
    String owner,
    Settings settings,
    Status status,
    Progress progress,
    Instant created,
    Instant updated,
    Instant expires) {

  /** The most bad records that are told one by one. */
  public static final int MAX_ERRORS = 100;

  /** How far it has come. */
  public enum Status {
    /** More may come; nothing has been stored yet. */
    OPEN,
    /** All has come, and is being stored. */
    APPLYING,
    COMPLETED,
    /** Nothing was stored, nor will be. */
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How a file is read.
   *
   * @param header whether the first record of CSV names the columns
   * @param columns those of CSV that has no header
   * @param skip whether bad records are left out, instead of being in the way of all
   */
  public record Settings(FileForm form, boolean header, List<String> columns, boolean skip) {

    /** Whether the file itself names its columns. */
    boolean headed() {
      return form.csv() != null && header;
    }

    String write() {
      var json = new JsonObject().put("skip", skip);
      var csv = form.csv();
      if (csv == null) return json.encode();
      return json.put("signs", "" + csv.delimiter() + csv.enclosure() + csv.escape())
          .put("header", header)
          .put("columns", new JsonArray(columns))
          .encode();
    }

    static Settings read(String text) {
      var json = new JsonObject(text);
      var signs = json.getString("signs");
      if (signs == null) {
        return new Settings(FileForm.JSON_LINES, false, List.of(), json.getBoolean("skip"));
      }
      var csv = new FileForm.Csv(signs.charAt(0), signs.charAt(1), signs.charAt(2));
      var columns = json.getJsonArray("columns").stream().map(String.class::cast).toList();
      return new Settings(
          new FileForm(csv), json.getBoolean("header"), columns, json.getBoolean("skip"));
    }
  }

  /**
   * A record that is no row of the table.
   *
   * @param line on which it begins
   * @param column in which the fault is; empty where it is in none
   */
  public record Mistake(long line, String column, String reason) {

    /** As clients see it. */
    public JsonObject json() {
      return new JsonObject().put("line", line).put("column", column).put("reason", reason);
    }

    private static Mistake read(JsonObject json) {
      return new Mistake(json.getLong("line"), json.getString("column"), json.getString("reason"));
    }

    static String write(List<Mistake> faults) {
      return new JsonArray(faults.stream().map(Mistake::json).toList()).encode();
    }
  }

  /**
   * How much has come.
   *
   * @param header the columns that a header has named; null before it has come
   * @param bytes how much of the file is kept; whoever goes on begins there
   * @param lines how many lines that is
   * @param good how many records are rows of the table, as far as can be said before they are
   *     stored; once it is completed, how many have been stored
   * @param bad how many are not
   * @param mistakes the first {@value #MAX_ERRORS} of those
   */
  public record Progress(
      @Nullable List<String> header,
      long bytes,
      long lines,
      long good,
      long bad,
      List<Mistake> mistakes) {

    Progress at(long bytes, long lines) {
      return new Progress(header, bytes, lines, good, bad, mistakes);
    }

    Progress headed(List<String> names) {
      return new Progress(names, bytes, lines, good, bad, mistakes);
    }

    /** One more record that is a row. */
    Progress better() {
      return new Progress(header, bytes, lines, good + 1, bad, mistakes);
    }

    /** One more that is none. */
    Progress worse(Mistake mistake) {
      var told = new ArrayList<>(mistakes);
      if (told.size() < MAX_ERRORS) told.add(mistake);
      return new Progress(header, bytes, lines, good, bad + 1, List.copyOf(told));
    }

    /** What turned out to be none when it was to be stored. */
    Progress worseThanThought(Mistake mistake) {
      var worse = worse(mistake);
      return new Progress(header, bytes, lines, good - 1, worse.bad, worse.mistakes);
    }

    private static Progress of(Row row) {
      var header = row.getArrayOfStrings("header");
      return new Progress(
          header == null ? null : List.of(header),
          row.getLong("bytes"),
          row.getLong("lines"),
          row.getLong("good"),
          row.getLong("bad"),
          new JsonArray(row.getString("errors"))
              .stream().map(error -> Mistake.read((JsonObject) error)).toList());
    }
  }

  /** The same, having come so far. */
  Import with(Progress further) {
    return new Import(
        id, database, table, number, owner, settings, status, further, created, updated, expires);
  }

  static Import of(Row row) {
    return new Import(
        row.getString("id"),
        row.getString("database"),
        row.getString("table"),
        row.getLong("number"),
        row.getString("owner"),
        Settings.read(row.getString("settings")),
        Status.valueOf(row.getString("state")),
        Progress.of(row),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("updated").toInstant(),
        row.getOffsetDateTime("expires").toInstant());
  }
}
