package dev.celadon.bench;

import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;

/** Writes a row of the benchmark's tables as the JSON that Celadon answers, by hand. */
final class FloorRow {

  /** What of the row has to be read, before the columns. */
  static final String OWN = "_id, _seq, _created, _updated, _read, _update, _delete";

  private static final String[] KEYS = {"title", "content", "authorId", "likes"};

  private final StringBuilder out = new StringBuilder(1_024);

  FloorRow raw(String json) {
    out.append(json);
    return this;
  }

  FloorRow number(long number) {
    out.append(number);
    return this;
  }

  /** The values of {@link #OWN} and of the columns, read or about to be stored. */
  FloorRow row(Tuple row, String table) {
    raw("{\"$id\":").text(row.getString(0)).raw(",\"$sequence\":\"").number(row.getLong(1));
    raw("\",\"$createdAt\":").time(row.getOffsetDateTime(2)).raw(",\"$updatedAt\":");
    time(row.getOffsetDateTime(3)).raw(",\"$permissions\":[");
    int start = out.length();
    roles("read", row.getArrayOfStrings(4));
    roles("update", row.getArrayOfStrings(5));
    roles("delete", row.getArrayOfStrings(6));
    if (out.length() > start) out.setLength(out.length() - 1);
    raw("],\"$databaseId\":\"default\",\"$tableId\":").text(table);
    raw(",\"$collectionId\":").text(table);
    for (int i = 0; i < KEYS.length; i++) {
      raw(",\"").raw(KEYS[i]).raw("\":").value(row.getValue(7 + i));
    }
    return raw("}");
  }

  private FloorRow roles(String kind, String[] roles) {
    for (var role : roles) raw("\"").raw(kind).raw("(\\\"").raw(role).raw("\\\")\",");
    return this;
  }

  private FloorRow value(Object value) {
    return value instanceof String text ? text(text) : raw(String.valueOf(value));
  }

  private FloorRow text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') out.append('\\');
      if (c < ' ') out.append(String.format("\\u%04x", (int) c));
      else out.append(c);
    }
    out.append('"');
    return this;
  }

  private FloorRow time(OffsetDateTime time) {
    out.append('"');
    digits(time.getYear(), 1_000).append('-');
    digits(time.getMonthValue(), 10).append('-');
    digits(time.getDayOfMonth(), 10).append('T');
    digits(time.getHour(), 10).append(':');
    digits(time.getMinute(), 10).append(':');
    digits(time.getSecond(), 10).append('.');
    digits(time.getNano() / 1_000_000, 100).append("+00:00\"");
    return this;
  }

  private StringBuilder digits(int value, int unit) {
    for (int u = unit; u > 0; u /= 10) out.append((char) ('0' + value / u % 10));
    return out;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
