package dev.celadon.domain.documents.transfer;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Permission;
import dev.celadon.api.Source;
import dev.celadon.domain.documents.Access;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Rows;
import dev.celadon.domain.documents.Shape;
import dev.celadon.domain.documents.Shapes;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.relations.Reach;
import dev.celadon.domain.documents.sealing.Seals;
import dev.celadon.domain.documents.sql.RowSql;
import dev.celadon.domain.query.Criteria;
import dev.celadon.domain.query.Sql;
import dev.celadon.domain.query.Type;
import dev.celadon.store.Db;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a file. PostgreSQL ends a page where it has grown large enough, which it sees by the
 * sizes of values without reading them: a page holds so many bytes, and one row more.
 */
final class Pages implements Source {

  /** From this size, in bytes, a page takes no further row. */
  private static final int PAGE_BYTES = 256 * 1024;

  private static final int FIRST_ROWS = 100;
  private static final int MOST_ROWS = 2_000;

  /** What a row takes beside its texts and lists, in bytes. */
  private static final int ROW_BYTES = 200;

  /** PostgreSQL tells the compressed size of lists and objects; they may be so much larger. */
  private static final int COMPRESSION = 8;

  private final Shapes shapes;
  private final Db lists;
  private final File file;
  private long table;
  private long after = Long.MIN_VALUE;
  private long last;
  private long left;
  private int rows = FIRST_ROWS;
  private boolean done;

  /**
   * What is written, for whom.
   *
   * @param names of what each row shows
   * @param seals opens what is stored encrypted
   */
  record File(
      Actor actor, Table.Place place, Exports.Wanted wanted, List<String> names, Seals seals) {}

  Pages(Shapes shapes, Db lists, File file) {
    this.shapes = shapes;
    this.lists = lists;
    this.file = file;
    this.left = file.wanted.most();
  }

  /** The first page, with the header if there is one. */
  Future<Buffer> start() {
    return shapes
        .with(file.place, file.actor, this::bounds)
        .compose(found -> next())
        .map(
            page -> {
              var head = header();
              return page == null ? head : head.appendBuffer(page);
            });
  }

  private Buffer header() {
    var csv = file.wanted.form().csv();
    if (csv == null || !file.wanted.header()) return Buffer.buffer();
    var out = new CellText(csv);
    file.names.forEach(out::cell);
    out.end();
    return Buffer.buffer(out.toString());
  }

  /** Where the file begins and ends. */
  private Future<Boolean> bounds(Shape shape) {
    table = shape.table().number();
    var after = file.wanted.after();
    var sql = "SELECT coalesce(max(_seq), 0) FROM " + shape.table().sql();
    var ends = lists.oneAsync(row -> row.getLong(0), sql).map(found -> last = found.orElse(0L));
    if (after == null) return ends.map(true);
    var begins = Sql.of("SELECT _seq FROM " + shape.table().sql() + " AS t WHERE _id = ");
    begins.arg(after).add(" AND ").add(access(shape).condition());
    return ends.compose(
            known -> lists.oneAsync(row -> row.getLong(0), begins.text(), begins.args()))
        .map(
            found -> {
              this.after = found.orElseThrow(() -> Failure.with(Fault.CURSOR_NOT_FOUND));
              return true;
            });
  }

  private Access access(Shape shape) {
    return Access.of(file.actor, shape.table(), Permission.Kind.READ);
  }

  @Override
  public Future<@Nullable Buffer> next() {
    if (done || left <= 0) return Future.succeededFuture(null);
    return shapes.with(file.place, file.actor, this::page);
  }

  private Future<@Nullable Buffer> page(Shape shape) {
    Rows.requireReadable(file.actor, shape.table());
    if (shape.table().number() != table) throw Exports.invalid("the table is another one by now");
    var shown = shown(shape.table());
    return criteria(shape)
        .compose(
            criteria -> {
              var sql = sql(shape, shown, criteria);
              return lists.listAsync(row -> row, sql.text(), sql.args());
            })
        .map(found -> found.stream().filter(row -> row.getLong(1) <= last).toList())
        .map(found -> found.isEmpty() ? null : written(shape, shown, found));
  }

  private Future<Criteria> criteria(Shape shape) {
    var filters = file.wanted.filters();
    if (!Reach.beyond(shape.table(), filters)) {
      return Future.succeededFuture(Criteria.of(filters, shape.sql().attributes()));
    }
    return Reach.of(shapes, file.actor, shape, filters).map(Reach::criteria);
  }

  private List<Column> shown(Table table) {
    if (table.free()) return table.columns();
    var shown = table.columns().stream().filter(c -> file.names.contains(c.key())).toList();
    long wanted = file.names.stream().filter(name -> !RowText.OWN.contains(name)).count();
    if (shown.size() < wanted) throw Exports.invalid("a column has gone meanwhile");
    return shown;
  }

  /** Rows in the order of their sequence, until they are large enough together. */
  private Sql sql(Shape shape, List<Column> shown, Criteria criteria) {
    long most = Math.min(rows, left);
    var sql = Sql.of(RowSql.select(shown));
    sql.add(" FROM (SELECT t.*, sum(" + size(shown) + ") OVER (ORDER BY _seq) AS sized");
    sql.add(", lag(TRUE, 1, FALSE) OVER (ORDER BY _seq) AS later FROM (SELECT t.* FROM ");
    sql.add(shape.table().sql() + " AS t").add(criteria.joins()).add(" WHERE ");
    sql.add(access(shape).condition());
    criteria.filter(sql);
    sql.add(" AND _seq > ").arg(after, "bigint");
    // Not where it ends: without statistics PostgreSQL would take the rows between for few, and
    // sort.
    sql.add(" ORDER BY _seq LIMIT ").arg(most, "bigint").add(") t) t");
    return sql.add(" WHERE sized <= " + PAGE_BYTES + " OR NOT later ORDER BY _seq");
  }

  private static String size(List<Column> shown) {
    return shown.stream()
        .map(Pages::size)
        .filter(size -> !size.isEmpty())
        .collect(Collectors.joining("", Integer.toString(ROW_BYTES), ""));
  }

  private static String size(Column column) {
    var type = column.kind().stored();
    if (column.array() || type.spatial() || type == Type.JSON) {
      return " + coalesce(pg_column_size(" + column.sql() + ") * " + COMPRESSION + ", 0)";
    }
    return type == Type.TEXT ? " + coalesce(octet_length(" + column.sql() + "), 0)" : "";
  }

  private Buffer written(Shape shape, List<Column> shown, List<Row> found) {
    // Few rows came because they are long, or because there are no more: the next page tells.
    rows = Math.clamp(found.size() * 2L, FIRST_ROWS / 10, MOST_ROWS);
    after = found.getLast().getLong(1);
    left -= found.size();
    if (after >= last) done = true;
    var text = new RowText(shape, file.seals, file.names, shown);
    var csv = file.wanted.form().csv();
    if (csv == null) {
      var out = new StringBuilder(PAGE_BYTES);
      for (var row : found) out.append(text.json(row));
      return Buffer.buffer(out.toString());
    }
    var out = new CellText(csv);
    for (var row : found) text.cells(out, row);
    return Buffer.buffer(out.toString());
  }
}
