package dev.celadon.domain.documents.relations;

import dev.celadon.api.Change;
import dev.celadon.domain.documents.RowChanges;
import dev.celadon.domain.documents.RowChanges.Draft;
import dev.celadon.domain.documents.Shape;
import dev.celadon.domain.documents.Shapes;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.Waiting;
import dev.celadon.store.Db;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Rows that are written together with those they are linked to: everything in one transaction, with
 * an event for each row that changed. What is answered are the rows with what was linked.
 */
public final class LinkedChanges {

  private final Db transactions;
  private final Shapes shapes;
  private final BiFunction<Db, Shapes, RowChanges> within;

  /**
   * Writes to one database.
   *
   * @param within the changes of rows that work in a transaction
   */
  public LinkedChanges(Db transactions, Shapes shapes, BiFunction<Db, Shapes, RowChanges> within) {
    this.transactions = transactions;
    this.shapes = shapes;
    this.within = within;
  }

  /** Whether {@code data} of a row of {@code table} speaks of related rows. */
  public static boolean concern(Table table, JsonObject data) {
    return !table.relations().isEmpty() && Asked.any(table, data);
  }

  /** Whether one of {@code drafts} does. */
  public static boolean concern(Table table, List<Draft> drafts) {
    if (table.relations().isEmpty()) return false;
    for (var draft : drafts) if (Asked.any(table, draft.data())) return true;
    return false;
  }

  /** As {@link RowChanges#create}. */
  public Future<List<String>> create(Change change, Table.Place place, List<Draft> drafts) {
    return in(
        change,
        work -> {
          var shape = work.shape(place);
          var made = new ArrayList<String>(drafts.size());
          for (var draft : drafts) {
            var text = work.create(change, shape, draft, 0);
            made.add(work.shown(shape, draft, text));
          }
          return made;
        });
  }

  /** As {@link RowChanges#update}. */
  public Future<Buffer> update(Change change, Table.Place place, Draft draft) {
    return in(
        change,
        work -> {
          var shape = work.shape(place);
          var text = work.update(change, shape, draft, 0);
          return Buffer.buffer(work.shown(shape, draft, text));
        });
  }

  /** As {@link RowChanges#upsert}. */
  public Future<Buffer> upsert(Change change, Table.Place place, Draft draft) {
    return in(
        change,
        work -> {
          var shape = work.shape(place);
          return Buffer.buffer(upsert(work, change, shape, draft));
        });
  }

  /** As {@link #upsert}, for many. Waits. */
  public List<String> upsertAll(Change change, Table.Place place, List<Draft> drafts) {
    return in(
            change,
            work -> {
              var shape = work.shape(place);
              var stored = new ArrayList<String>(drafts.size());
              for (var draft : drafts) stored.add(upsert(work, change, shape, draft));
              return stored;
            })
        .await();
  }

  /**
   * Deletes the rows that {@code which} finds, locks and allows; answers them as they were.
   *
   * @param which their ids, at the time of the transaction
   */
  public Future<List<String>> delete(
      Change change, Table.Place place, Function<Within, List<String>> which) {
    return in(
        change,
        work -> {
          var shape = work.shape(place);
          return work.delete(shape, which.apply(work.within(shape)));
        });
  }

  /** A transaction, and a table as it is there. */
  public record Within(Db tx, Shapes shapes, Shape shape) {}

  private static String upsert(LinkedWork work, Change change, Shape shape, Draft draft) {
    return work.shown(shape, draft, work.upsert(change, shape, draft));
  }

  private <T> Future<T> in(Change change, Function<LinkedWork, T> work) {
    return Waiting.on(
        "related",
        () ->
            transactions.tx(
                tx -> {
                  var seen = shapes.in(tx);
                  return work.apply(new LinkedWork(tx, change, seen, within.apply(tx, seen)));
                }));
  }
}
