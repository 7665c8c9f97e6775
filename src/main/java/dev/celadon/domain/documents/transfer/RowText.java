package dev.celadon.domain.documents.transfer;

import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Shape;
import dev.celadon.domain.documents.json.JsonText;
import dev.celadon.domain.documents.sealing.Seals;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as records of a file; what it writes an import reads as the same row. */
final class RowText {

  /** What every row has, and may be asked for by name. */
  static final List<String> OWN =
      List.of("$id", "$sequence", "$createdAt", "$updatedAt", "$permissions", "$version");

  /** How many columns of a result stand before those of the user. */
  private static final int OWN_COLUMNS = 8;

  private final List<String> names;
  private final List<Column> shown;
  private final Seals seals;
  private final boolean whole;

  /**
   * @param names what each record shows
   * @param shown the columns among them, in the order of the result
   */
  RowText(Shape shape, Seals seals, List<String> names, List<Column> shown) {
    this.seals = seals;
    this.names = names;
    this.shown = shown;
    this.whole = shape.table().free() && names.contains(Column.DOCUMENT.key());
  }

  /** A row as an object of JSON with a line end. */
  String json(Row row) {
    var out = new JsonText(1_024).raw('{');
    boolean first = true;
    for (var name : names) {
      if (name.isEmpty()) continue;
      if (!first) out.raw(',');
      first = false;
      out.string(name).raw(':');
      var value = value(row, name);
      if (value == null) out.raw("null");
      else out.value(value);
    }
    if (whole) document(out, row.getString(OWN_COLUMNS));
    return out.raw("}\n").toString();
  }

  /** The fields of a free document, which follow others. */
  private static void document(JsonText out, String json) {
    if (!json.equals("{}")) out.raw(',').raw(json.substring(1, json.length() - 1));
  }

  /** A row as a record of CSV. */
  void cells(CellText out, Row row) {
    for (var name : names) out.cell(text(value(row, name)));
    out.end();
  }

  private static @Nullable String text(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case OffsetDateTime time -> {
        var quoted = new JsonText(32).time(time).toString();
        yield quoted.substring(1, quoted.length() - 1);
      }
      default -> new JsonText(64).value(value).toString();
    };
  }

  private @Nullable Object value(Row row, String name) {
    return switch (name) {
      case "$id" -> row.getString(0);
      case "$sequence" -> Long.toString(row.getLong(1));
      case "$createdAt" -> row.getOffsetDateTime(2);
      case "$updatedAt" -> row.getOffsetDateTime(3);
      case "$version" -> row.getLong(7);
      case "$permissions" -> permissions(row);
      default -> column(row, name);
    };
  }

  private @Nullable Object column(Row row, String name) {
    for (int i = 0; i < shown.size(); i++) {
      var column = shown.get(i);
      if (!column.key().equals(name)) continue;
      var value = row.getValue(OWN_COLUMNS + i);
      return column.encrypted() ? seals.open(column, value) : value;
    }
    return null;
  }

  private static Object permissions(Row row) {
    var all = new ArrayList<String>();
    for (var role : row.getArrayOfStrings(4)) all.add("read(\"" + role + "\")");
    for (var role : row.getArrayOfStrings(5)) all.add("update(\"" + role + "\")");
    for (var role : row.getArrayOfStrings(6)) all.add("delete(\"" + role + "\")");
    return all.toArray();
  }
}
