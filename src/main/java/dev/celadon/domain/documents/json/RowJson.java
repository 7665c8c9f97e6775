package dev.celadon.domain.documents.json;

import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.sealing.Seals;
import dev.celadon.domain.documents.sql.NewRow;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Set;

/**
 * Rows as clients see them. Both vocabularies are in each: who speaks of collections finds {@code
 * $collectionId}, who speaks of tables finds {@code $tableId}.
 */
public final class RowJson {

  /** How many columns of a result stand before those of the user. */
  private static final int OWN = 8;

  private final Table table;
  private final String place;
  private final Seals seals;
  private final boolean sealed;
  private final Set<String> hidden;

  /**
   * @param table all of it
   * @param seals opens what is stored encrypted
   * @param hidden the keys that are not shown of a row in the log
   */
  public RowJson(Table table, Seals seals, Set<String> hidden) {
    this.table = table;
    this.seals = seals;
    this.hidden = hidden;
    this.sealed = table.columns().stream().anyMatch(Column::encrypted);
    var place = new JsonText(160).raw(",\"$databaseId\":").string(table.database());
    place.raw(",\"$tableId\":").string(table.id());
    this.place = place.raw(",\"$collectionId\":").string(table.id()).toString();
  }

  /**
   * Writes {@code row}, the result of a statement that selected {@code shown}.
   *
   * @param paths what to show of a free document; all of it if there are none
   */
  public void write(JsonText out, Row row, List<Column> shown, Set<String> paths) {
    open(out, row, shown, paths);
    out.raw('}');
  }

  /** As {@link #write}, up to the brace that ends it: more fields may follow. */
  public void open(JsonText out, Row row, List<Column> shown) {
    open(out, row, shown, Set.of());
  }

  private void open(JsonText out, Row row, List<Column> shown, Set<String> paths) {
    out.raw("{\"$id\":").string(row.getString(0));
    out.raw(",\"$sequence\":\"").number(row.getLong(1));
    out.raw("\",\"$version\":").number(row.getLong(7)).raw(",\"$createdAt\":");
    out.time(row.getOffsetDateTime(2)).raw(",\"$updatedAt\":").time(row.getOffsetDateTime(3));
    var read = row.getArrayOfStrings(4);
    permissions(out, read, row.getArrayOfStrings(5), row.getArrayOfStrings(6));
    out.raw(place);
    if (table.free()) {
      var document = row.getString(OWN);
      document(out, paths.isEmpty() ? document : Picked.of(document, paths));
      return;
    }
    for (int i = 0; i < shown.size(); i++) {
      out.raw(',').string(shown.get(i).key()).raw(':');
      var value = row.getValue(OWN + i);
      if (shown.get(i).encrypted()) value = seals.open(shown.get(i), value);
      if (value == null) out.raw("null");
      else out.value(value);
    }
  }

  /** A new row up to its sequence. */
  public static String head(NewRow row) {
    return new JsonText(64).raw("{\"$id\":").string(row.id()).raw(",\"$sequence\":\"").toString();
  }

  /** A row as the log has it, as those who may read it see it. */
  public String opened(String payload) {
    var plain = sealed ? seals.openAll(payload) : payload;
    if (hidden.isEmpty()) return plain;
    var row = new JsonObject(plain);
    hidden.forEach(row::remove);
    return row.encode();
  }

  /** A new row after its sequence, as the log has it. */
  public String tail(NewRow row) {
    var out = new JsonText(512).raw("\",\"$version\":1,\"$createdAt\":").time(row.time());
    out.raw(",\"$updatedAt\":").time(row.time());
    permissions(out, row.read(), row.update(), row.delete());
    out.raw(place);
    if (table.free() && row.values().get(Column.DOCUMENT) instanceof String document) {
      document(out, document);
      return out.raw('}').toString();
    }
    for (var column : table.columns()) {
      out.raw(',').string(column.key()).raw(':');
      var value = row.values().get(column);
      if (column.encrypted()) value = seals.seal(column, value);
      if (value == null) out.raw("null");
      else out.value(value);
    }
    return out.raw('}').toString();
  }

  /** The fields of a free document. */
  private static void document(JsonText out, String json) {
    if (!json.equals("{}")) out.raw(',').raw(json.substring(1, json.length() - 1));
  }

  private static void permissions(JsonText out, String[] read, String[] update, String[] delete) {
    out.raw(",\"$permissions\":[");
    boolean first = roles(out, "\"read(\\\"", read, true);
    first = roles(out, "\"update(\\\"", update, first);
    roles(out, "\"delete(\\\"", delete, first);
    out.raw(']');
  }

  private static boolean roles(JsonText out, String head, String[] roles, boolean first) {
    boolean none = first;
    for (var role : roles) {
      if (!none) out.raw(',');
      none = false;
      // Roles are letters, digits and a few signs that need no escape.
      out.raw(head).raw(role).raw("\\\")\"");
    }
    return none;
  }
}
