package dev.celadon.domain.documents.sql;

import dev.celadon.api.Change;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.query.Sql;
import dev.celadon.event.EventLog;
import java.util.Map;

/**
 * What the event of a change of rows is made of, beside the rows themselves.
 *
 * @param deletes whether the rows are gone; their last version is then one more than stored
 */
public record Happening(
    Change change, EventLog.Trace trace, Table table, Readers readers, boolean deletes) {

  /**
   * Who may read the rows.
   *
   * @param ofTable those who may read all of them
   * @param byRow whether those whom a row names may read it, too
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of arguments, never compared
  public record Readers(String[] ofTable, boolean byRow) {}

  /** The version that the event carries. */
  String version() {
    return deletes ? "_version + 1" : "_version";
  }

  /** {@code INSERT … SELECT …} up to its FROM, which offers {@code _id} and {@code _read}. */
  Sql insert(String version, String payload) {
    var ids = Map.of("databaseId", table.database(), "tableId", table.id(), "rowId", "");
    var sql = Sql.of(EventLog.INSERT).add(" SELECT ").arg(change.project(), "text");
    sql.add(", ").arg(change.event().template(), "text");
    sql.add(", ARRAY[").arg(table.database(), "text").add(", ").arg(table.id(), "text");
    sql.add(", _id], " + version + ", ").arg(readers.ofTable, "text[]");
    if (readers.byRow) sql.add(" || _read");
    sql.add(", ").arg(trace.actor(), "text").add(", ").arg(trace.ip(), "text");
    sql.add(", ").arg(trace.agent(), "text");
    sql.add(", ").arg(EventLog.audit(change.endpoint().audit(), ids), "text").add(" || _id, ");
    return sql.add(payload);
  }
}
