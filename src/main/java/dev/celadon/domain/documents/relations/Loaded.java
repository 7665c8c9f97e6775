package dev.celadon.domain.documents.relations;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Shape;
import dev.celadon.domain.documents.json.JsonText;
import dev.celadon.domain.documents.sql.RowSql;
import dev.celadon.domain.query.Sql;
import dev.celadon.store.Db;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Related rows: those of one relation, for all rows of a page, are read by one statement. */
public final class Loaded {

  /** The most related rows that one relation may bring to a page. */
  public static final int MAX_LOADED = 5_000;

  /** The most related rows of one answer, each counted as often as it is shown. */
  public static final int MAX_SHOWN = 20_000;

  private final Actor actor;
  private final List<Branch> branches;
  private final Map<Branch, Map<String, List<Row>>> rows = new IdentityHashMap<>();
  private int shown;

  private Loaded(Actor actor, List<Branch> branches) {
    this.actor = actor;
    this.branches = branches;
  }

  /** Reads what {@code branches} want for the rows {@code ids}. */
  static Future<Loaded> of(Db db, Actor actor, List<Branch> branches, Collection<String> ids) {
    var loaded = new Loaded(actor, branches);
    return loaded.all(db, branches, ids).map(done -> loaded);
  }

  private Future<?> all(Db db, List<Branch> branches, Collection<String> ids) {
    Future<?> read = Future.succeededFuture();
    if (ids.isEmpty()) return read;
    for (var branch : branches) read = read.compose(before -> one(db, branch, ids));
    return read;
  }

  private Future<?> one(Db db, Branch branch, Collection<String> ids) {
    var sql = statement(branch, ids.toArray(String[]::new));
    return db.listAsync(row -> row, sql.text(), sql.args())
        .compose(
            found -> {
              if (found.size() > MAX_LOADED) throw tooMany(branch, MAX_LOADED);
              var byOwner = new LinkedHashMap<String, List<Row>>();
              var inner = new LinkedHashMap<String, Row>();
              for (var row : found) {
                var owner = row.getString(row.size() - 1);
                byOwner.computeIfAbsent(owner, id -> new ArrayList<>()).add(row);
                inner.put(row.getString(0), row);
              }
              rows.put(branch, byOwner);
              return all(db, branch.inner(), inner.keySet());
            });
  }

  /** Its last column says whose related row it is. */
  private Sql statement(Branch branch, String[] ids) {
    var relation = branch.relation();
    var sides = branch.sides();
    var there = branch.there().table();
    var sql = Sql.of(RowSql.select(branch.shown()));
    switch (relation.kept()) {
      case THERE ->
          sql.add(", " + relation.link() + " FROM " + there.sql() + " AS t WHERE ")
              .add(relation.link() + " = ANY(")
              .arg(ids, "text[]")
              .add(") AND ");
      case HERE ->
          sql.add(joined(there.sql(), "_id", relation.link(), sides.here().sql()))
              .arg(ids, "text[]")
              .add(")) AS x ON x.far = t._id WHERE ");
      case APART ->
          sql.add(joined(there.sql(), relation.near(), relation.far(), sides.pairs()))
              .arg(ids, "text[]")
              .add(")) AS x ON x.far = t._id WHERE ");
    }
    sql.add(Visible.to(actor, there));
    return sql.add(" ORDER BY _seq LIMIT " + (MAX_LOADED + 1));
  }

  private static String joined(String there, String near, String far, String links) {
    return (", x.near FROM %1$s AS t JOIN"
            + " (SELECT %2$s AS near, %3$s AS far FROM %4$s WHERE %2$s = ANY(")
        .formatted(there, near, far, links);
  }

  /** Writes {@code row}, the result of a statement that selected {@code shown}, and its related. */
  public void write(JsonText out, Shape shape, Row row, List<Column> shown) {
    shape.json().open(out, row, shown);
    write(out, row.getString(0), branches);
    out.raw('}');
  }

  /** The row {@code id}, which is JSON already, with its related rows. */
  String with(String json, String id) {
    var out = new JsonText(json.length() + 256).raw(json.substring(0, json.length() - 1));
    write(out, id, branches);
    return out.raw('}').toString();
  }

  /** Writes {@code ,"key":…} for each of {@code branches} of the row {@code id}. */
  private void write(JsonText out, String id, List<Branch> branches) {
    for (var branch : branches) {
      var linked = rows.getOrDefault(branch, Map.of()).getOrDefault(id, List.of());
      out.raw(',').string(branch.relation().key()).raw(':');
      if (branch.relation().many()) {
        out.raw('[');
        for (int i = 0; i < linked.size(); i++) {
          if (i > 0) out.raw(',');
          row(out, branch, linked.get(i));
        }
        out.raw(']');
      } else if (linked.isEmpty()) {
        out.raw("null");
      } else {
        row(out, branch, linked.getFirst());
      }
    }
  }

  private void row(JsonText out, Branch branch, Row row) {
    if (++shown > MAX_SHOWN) throw tooMany(branch, MAX_SHOWN);
    branch.there().json().open(out, row, branch.shown());
    write(out, row.getString(0), branch.inner());
    out.raw('}');
  }

  private static Failure tooMany(Branch branch, int most) {
    return Failure.with(
        Fault.QUERY_INVALID,
        "more than %d related rows would be loaded for '%s'; ask for fewer rows, or list them"
            .formatted(most, branch.relation().key()));
  }
}
