package dev.celadon.domain.documents.sql;

import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Index;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.operators.Operation;
import dev.celadon.domain.documents.sealing.Seals;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Criteria;
import dev.celadon.domain.query.Spatial;
import dev.celadon.domain.query.Sql;
import dev.celadon.domain.query.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements that read and write the rows of one table. Immutable; made once per shape. */
public final class RowSql {

  private static final String OWN =
      "_id, _seq, _created, _updated, _read, _update, _delete, _version";

  /** Shown with every row, but nothing to filter or order by. */
  private static final Set<String> SHOWN =
      Set.of("$permissions", "$databaseId", "$tableId", "$collectionId", "$version");

  private final Table table;
  private final Seals seals;
  private final Attributes attributes;
  private final String json;

  /**
   * @param seen the table as far as it may be asked for
   * @param table all of it: what is stored, and what events say of it
   * @param spatial what geometry can be asked for
   * @param seals encrypts what is stored encrypted
   */
  public RowSql(Table seen, Table table, Spatial spatial, Seals seals) {
    this.table = table;
    this.seals = seals;
    this.attributes = attributes(seen, spatial);
    this.json = json(table);
  }

  public Attributes attributes() {
    return attributes;
  }

  /** What stores new rows or changes those that exist. */
  public UpsertSql upserts() {
    return new UpsertSql(this, table);
  }

  /** The row {@code id}, if {@code visible} holds for it. */
  public Sql get(List<Column> shown, String id, Sql visible) {
    return Sql.of(select(shown))
        .add(" FROM " + table.sql() + " AS t WHERE _id = ")
        .arg(id)
        .add(" AND ")
        .add(visible);
  }

  /** Whether there is a row {@code id} for which {@code condition} holds. */
  public Sql exists(String id, Sql condition) {
    return Sql.of("SELECT 1 FROM " + table.sql() + " AS t WHERE _id = ")
        .arg(id)
        .add(" AND ")
        .add(condition);
  }

  /** What {@link Criteria#page} needs to know of the cursor's row. */
  public Sql cursor(Criteria criteria, String id, Sql visible) {
    return Sql.of("SELECT " + criteria.cursorColumns() + " FROM " + table.sql() + " AS t")
        .add(criteria.joins())
        .add(" WHERE _id = ")
        .arg(id)
        .add(" AND ")
        .add(visible);
  }

  /** The rows of a page. */
  public Sql page(
      List<Column> shown, Criteria criteria, List<@Nullable Object> cursor, Sql visible) {
    var parts = criteria.parts(cursor);
    if (parts.size() > 1) {
      var page = new PageSql(select(shown), matching(criteria, visible));
      return page.of(criteria, parts.getFirst(), parts.getLast());
    }
    var sql = Sql.of(select(shown)).add(matching(criteria, visible));
    criteria.page(sql, cursor);
    return sql;
  }

  public Sql count(Criteria criteria, Sql visible) {
    return Sql.of("SELECT count(*)").add(matching(criteria, visible));
  }

  /**
   * How many groups of rows there are, and those of the page as JSON.
   *
   * @param attributes what may be named
   */
  public Sql aggregate(AggregateSql.Asked asked, Attributes attributes, Sql visible) {
    return new AggregateSql(table.sql(), attributes, asked).sql(visible);
  }

  private Sql matching(Criteria criteria, Sql visible) {
    var sql = Sql.of(" FROM " + table.sql() + " AS t").add(criteria.joins());
    sql.add(" WHERE ").add(visible);
    criteria.filter(sql);
    return sql;
  }

  /** {@code SELECT} of a row's own fields and of {@code shown}, without FROM. */
  public static String select(List<Column> shown) {
    var sql = new StringBuilder("SELECT ").append(OWN);
    for (var column : shown) sql.append(", ").append(column.sql());
    return sql.toString();
  }

  /** {@code INSERT … VALUES …} of new rows. */
  Sql insert(List<NewRow> rows) {
    var sql = Sql.of("INSERT INTO " + table.sql());
    sql.add(" AS t (_id, _created, _updated, _read, _update, _delete");
    for (var column : table.columns()) sql.add(", " + column.sql());
    sql.add(") VALUES ");
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      own(sql.add(i == 0 ? "(" : ", ("), row);
      for (var column : table.columns()) {
        sql.add(", ").arg(stored(column, row.values().get(column)), type(column));
      }
      sql.add(")");
    }
    return sql;
  }

  static void own(Sql sql, NewRow row) {
    sql.arg(row.id(), "text");
    sql.add(", ").arg(row.time(), "timestamptz").add(", ").arg(row.time(), "timestamptz");
    for (var roles : List.of(row.read(), row.update(), row.delete())) {
      sql.add(", ").arg(roles, "text[]");
    }
  }

  /** {@code UPDATE … SET …} up to its WHERE. */
  public Sql update(NewRow change, Map<Column, @Nullable Object> values, boolean permissions) {
    var sql = Sql.of("UPDATE " + table.sql() + " AS t SET _version = _version + 1, _updated = ");
    sql.arg(change.time(), "timestamptz");
    for (var value : values.entrySet()) {
      var column = value.getKey();
      sql.add(", " + column.sql() + " = ");
      if (value.getValue() instanceof Operation operation) {
        sql.add(operation.on(Sql.of("t." + column.sql()), change.time()));
      } else {
        sql.arg(stored(column, value.getValue()), type(column));
      }
    }
    if (permissions) {
      sql.add(", _read = ").arg(change.read(), "text[]");
      sql.add(", _update = ").arg(change.update(), "text[]");
      sql.add(", _delete = ").arg(change.delete(), "text[]");
    }
    return sql.add(" WHERE ");
  }

  /** {@code SELECT … FROM …} of the ids of rows, up to its WHERE. */
  public Sql lock() {
    return Sql.of("SELECT _id FROM " + table.sql() + " AS t WHERE ");
  }

  /** {@code SELECT … FROM …} of the ids of rows that hold exactly {@code values}. */
  public Sql holding(Map<Column, @Nullable Object> values) {
    var sql = lock().add("TRUE");
    for (var value : values.entrySet()) {
      sql.add(" AND " + value.getKey().sql() + " IS NOT DISTINCT FROM ");
      sql.arg(value.getValue(), type(value.getKey()));
    }
    return sql;
  }

  /** {@code DELETE FROM …} up to its WHERE. */
  public Sql delete() {
    return Sql.of("DELETE FROM " + table.sql() + " AS t WHERE ");
  }

  /**
   * Rows that match, locked: as many as asked for, or else one more than {@code most}, which then
   * shows that there are too many. {@code hit} says of each whether it may be changed, {@code
   * verdict} of all whether they are neither too many nor forbidden.
   */
  public Sql hits(Criteria criteria, Sql visible, Sql allowed, int most) {
    int rows = criteria.limited() ? Math.min(criteria.limit(), most + 1) : most + 1;
    var sql = Sql.of("WITH hit AS MATERIALIZED (SELECT _id, (").add(allowed).add(") AS allowed");
    sql.add(matching(criteria, visible));
    criteria.order(sql);
    return sql.add(" LIMIT " + rows + " FOR UPDATE OF t), verdict AS (SELECT count(*) AS hits,")
        .add(" coalesce(bool_and(allowed), TRUE) AS allowed FROM hit), ");
  }

  /** The WHERE of a change of {@link #hits}. */
  public static String hit(int most) {
    return "_id IN (SELECT _id FROM hit) AND (SELECT allowed AND hits <= "
        + most
        + " FROM verdict)";
  }

  /**
   * The rows that a change touched, as JSON, with an event for each in the same statement.
   *
   * @param head {@code WITH } or what {@link #hits} gave
   * @param change the statement that changes rows, without RETURNING
   */
  public Sql logged(Sql head, Sql change, Happening happening) {
    var payload = "row_to_json(\"$row\")";
    if (table.free())
      payload = "celadon.joined(" + payload + "::text, " + Column.DOCUMENT.sql() + ")";
    var names = new StringBuilder("t.").append(OWN.replace(", ", ", t."));
    for (var column : table.columns()) names.append(", t.").append(column.sql());
    return new Sql()
        .add(head)
        .add("changed AS (")
        .add(change)
        .add(" RETURNING " + names + "), ")
        .add("shown AS MATERIALIZED (SELECT _id, _version, _read, (SELECT " + payload + " FROM (")
        .add(json)
        .add(") \"$row\") AS payload FROM changed), event AS (")
        .add(happening.insert(happening.version(), "payload"))
        .add(" FROM shown) ");
  }

  /**
   * New rows with an event for each, whose JSON is known except for the sequence: it goes between
   * {@code heads} and {@code tails}. Returns id and sequence.
   */
  public Sql created(List<NewRow> rows, String[] heads, String[] tails, Happening happening) {
    var ids = rows.stream().map(NewRow::id).toArray(String[]::new);
    return Sql.of("WITH changed AS (")
        .add(insert(rows))
        .add(" RETURNING t._id, t._seq, t._read), event AS (")
        .add(happening.insert("1", "(x.head || _seq || x.tail)::json"))
        .add(" FROM changed JOIN unnest(")
        .arg(ids, "text[]")
        .add(", ")
        .arg(heads, "text[]")
        .add(", ")
        .arg(tails, "text[]")
        .add(") AS x(id, head, tail) ON x.id = _id ORDER BY _seq) SELECT _id, _seq FROM changed");
  }

  /** A value as it goes to PostgreSQL. */
  @Nullable Object stored(Column column, @Nullable Object value) {
    return column.encrypted() ? seals.seal(column, value) : value;
  }

  static String type(Column column) {
    return column.kind().stored().sql() + (column.array() ? "[]" : "");
  }

  private static Attributes attributes(Table table, Spatial spatial) {
    var all =
        new ArrayList<>(
            List.of(
                Attribute.text(Attribute.ID, "_id"),
                Attribute.integer(Attribute.SEQUENCE, "_seq"),
                Attribute.time(Attribute.CREATED, "_created"),
                Attribute.time(Attribute.UPDATED, "_updated")));
    for (var column : table.free() ? List.<Column>of() : table.columns()) {
      var type = column.encrypted() ? Type.SEALED : column.kind().stored();
      boolean searchable = Index.searches(table.indexes(), column);
      long beginning = Index.beginning(table.indexes(), column);
      all.add(
          new Attribute(
              column.key(), column.sql(), type, column.array(), true, searchable, beginning));
    }
    var attributes = Attributes.of(all, SHOWN, spatial);
    return table.free() ? attributes.free(Column.DOCUMENT_VALUES, searched(table)) : attributes;
  }

  /** The texts in free documents that fulltext indexes are of. */
  private static Set<String> searched(Table table) {
    return table.indexes().stream()
        .filter(index -> index.kind().equals(Index.FULLTEXT) && index.state().available())
        .flatMap(index -> index.columns().stream())
        .collect(Collectors.toSet());
  }

  /** A row as JSON, made by PostgreSQL; the same as {@code RowJson} makes of what it reads. */
  private static String json(Table table) {
    var sql = new StringBuilder("SELECT _id AS \"$id\", _seq::text AS \"$sequence\", ");
    sql.append("_version AS \"$version\", ");
    sql.append(time("_created")).append(" AS \"$createdAt\", ");
    sql.append(time("_updated")).append(" AS \"$updatedAt\", ");
    sql.append(roles("read")).append(" || ").append(roles("update")).append(" || ");
    sql.append(roles("delete")).append(" AS \"$permissions\", ");
    sql.append(literal(table.database())).append(" AS \"$databaseId\", ");
    sql.append(literal(table.id())).append(" AS \"$tableId\", ");
    sql.append(literal(table.id())).append(" AS \"$collectionId\"");
    for (var column : table.free() ? List.<Column>of() : table.columns()) {
      boolean time = column.kind().stored() == Type.TIME;
      var value = column.sql();
      if (time) value = column.array() ? times(column.sql()) : time(column.sql());
      sql.append(", ").append(value).append(" AS ").append(Sql.quote(column.key()));
    }
    return sql.toString();
  }

  static String time(String column) {
    return "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"+00:00\"')"
        .formatted(column);
  }

  private static String times(String column) {
    return ("CASE WHEN %1$s IS NOT NULL THEN ARRAY(SELECT "
            + time("u.v")
            + " FROM unnest(%1$s) WITH ORDINALITY u(v, n) ORDER BY u.n) END")
        .formatted(column);
  }

  private static String roles(String kind) {
    return "ARRAY(SELECT '%1$s(\"' || r || '\")' FROM unnest(_%1$s) r)".formatted(kind);
  }

  /** An id as a literal; ids are letters, digits, period, hyphen and underscore. */
  private static String literal(String id) {
    return "'" + id.replace("'", "''") + "'::text";
  }
}
