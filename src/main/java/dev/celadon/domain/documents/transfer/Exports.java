package dev.celadon.domain.documents.transfer;

import dev.celadon.api.Actor;
import dev.celadon.api.Download;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Numbers;
import dev.celadon.api.Query;
import dev.celadon.domain.documents.Rows;
import dev.celadon.domain.documents.Shapes;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.sealing.Seals;
import dev.celadon.domain.query.Criteria;
import dev.celadon.store.Db;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes tables as files, page by page in the order of {@code $sequence}. No connection to
 * PostgreSQL is held between two pages, however slow the client is; so each row is as it is when
 * its page is read. What is made after the beginning is left out.
 */
public final class Exports {

  private static final Set<Query.Method> ALLOWED =
      Set.of(Query.Method.CURSOR_AFTER, Query.Method.LIMIT);

  private final Shapes shapes;
  private final Db lists;
  private final Seals seals;

  /** Reads through {@code lists}. */
  public Exports(Shapes shapes, Db lists, Seals seals) {
    this.shapes = shapes;
    this.lists = lists;
    this.seals = seals;
  }

  /**
   * What is to be written.
   *
   * @param columns what each row shows, in this order; id, permissions and all columns if empty
   * @param header whether CSV begins with their names
   */
  public record Wanted(FileForm form, boolean header, List<String> columns, List<Query> queries) {

    /** The filters alone. */
    List<Query> filters() {
      return queries.stream().filter(Criteria::isFilter).toList();
    }

    /** The row to begin behind, or null. */
    @Nullable String after() {
      for (var query : queries) {
        if (query.method() != Query.Method.CURSOR_AFTER) continue;
        var values = query.values();
        if (values.size() == 1 && values.getFirst() instanceof String id) return id;
        throw invalid("a cursor is the id of a row");
      }
      return null;
    }

    /** The most rows. */
    long most() {
      for (var query : queries) {
        if (query.method() != Query.Method.LIMIT) continue;
        var most = query.values().isEmpty() ? null : Numbers.whole(query.values().getFirst());
        if (most == null || most < 0) throw invalid("limit is a whole number from 0");
        return most;
      }
      return Long.MAX_VALUE;
    }
  }

  /**
   * The file, whose first page is there already. The future fails as a list of rows does, and with
   * {@link Fault#QUERY_INVALID} for orders, offsets and what else has no place in a file.
   */
  public Future<Download> of(Actor actor, Table.Place place, Wanted wanted) {
    check(wanted.queries);
    var name = place.table() + end(wanted);
    return shapes
        .with(
            place,
            actor,
            shape -> {
              Rows.requireReadable(actor, shape.table());
              var names = names(shape.table(), wanted);
              var file = new Pages.File(actor, place, wanted, names, seals);
              return Future.succeededFuture(new Pages(shapes, lists, file));
            })
        .compose(
            pages -> pages.start().map(first -> new Download(type(wanted), name, first, pages)));
  }

  private static void check(List<Query> queries) {
    var seen = new ArrayList<Query.Method>();
    for (var query : queries) {
      if (Criteria.isFilter(query)) continue;
      if (!ALLOWED.contains(query.method())) {
        throw invalid(
            query.method() + " has no place in an export, which is in order of $sequence");
      }
      if (seen.contains(query.method())) throw invalid(query.method() + " is there twice");
      seen.add(query.method());
    }
  }

  private static List<String> names(Table table, Wanted wanted) {
    if (wanted.columns.isEmpty()) {
      var all = new ArrayList<>(List.of(Drafts.ID, Drafts.PERMISSIONS));
      table.columns().forEach(column -> all.add(column.key()));
      return all;
    }
    for (var name : wanted.columns) {
      if (RowText.OWN.contains(name) || table.column(name) != null) continue;
      var shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
      throw invalid("there is no column '" + shown + "' to be exported");
    }
    return wanted.columns;
  }

  private static String type(Wanted wanted) {
    return wanted.form.csv() == null ? "application/x-ndjson" : "text/csv; charset=utf-8";
  }

  private static String end(Wanted wanted) {
    return wanted.form.csv() == null ? ".jsonl" : ".csv";
  }

  static Failure invalid(String reason) {
    return Failure.with(Fault.QUERY_INVALID, reason);
  }
}
