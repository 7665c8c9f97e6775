package dev.celadon.domain.documents.transfer;

import dev.celadon.api.Failure;
import dev.celadon.domain.documents.BulkRows;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.RowChanges.Draft;
import dev.celadon.domain.documents.Shape;
import dev.celadon.domain.documents.transfer.Import.Mistake;
import dev.celadon.domain.documents.transfer.Import.Progress;
import dev.celadon.domain.documents.transfer.Import.Status;
import dev.celadon.store.Db;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stores all that has come of an import, in one transaction: so it is there whole, with all of its
 * events, or not at all, whatever breaks. A record that cannot be stored is found by storing those
 * around it one by one.
 */
final class Storing {

  private static final int MAX_CHARACTERS = 1 << 20;

  private final Documents documents;
  private final Arrival arrival;

  Storing(Documents documents, Arrival arrival) {
    this.documents = documents;
    this.arrival = arrival;
  }

  /** Waits. Answers the import as it ended; it may have failed because of bad records. */
  Import store(Imports imports, Import one) {
    if (hopeless(one)) return failed(imports, one);
    try {
      documents.tx(0, (tx, engine) -> new Work(tx, engine, one).run());
    } catch (Spoilt spoilt) {
      return failed(imports, one.with(spoilt.progress));
    }
    return imports.get(arrival.caller(), arrival.place(), one.id());
  }

  private static boolean hopeless(Import one) {
    return one.progress().bad() > 0 && !one.settings().skip();
  }

  private Import failed(Imports imports, Import one) {
    imports.fail(arrival.project(), one);
    return imports.get(arrival.caller(), arrival.place(), one.id());
  }

  /** Undoes the transaction: a record is bad, and none may be. */
  private static final class Spoilt extends RuntimeException {
    private final transient Progress progress;

    Spoilt(Progress progress) {
      super("a record cannot be stored", null, false, false);
      this.progress = progress;
    }
  }

  /** Why a record is not stored, in the words of the service. */
  static String reason(Refusal refusal, Function<Refusal, Failure> words) {
    return words.apply(refusal).text();
  }

  /** A record that is to be stored. */
  private record Row(long line, Draft draft, int characters) {}

  /** One attempt, in one transaction. */
  private final class Work {

    private final Db tx;
    private final Documents engine;
    private final Import one;
    private final Shape shape;
    private final RowReader reader;
    private final Vessel vessel;
    private final int most;
    private Progress progress;

    Work(Db tx, Documents engine, Import one) {
      this.tx = tx;
      this.engine = engine;
      Imports.lock(tx, arrival.project(), one.id());
      this.one = Imports.still(tx, arrival.project(), one);
      this.progress = one.progress();
      this.shape = engine.bulk().open(arrival.change(), arrival.place()).await();
      if (shape.table().number() != one.number()) throw Imports.missing(one.id());
      var header = progress.header();
      this.reader =
          new RowReader(
              shape.table(),
              one.settings().form(),
              header == null ? one.settings().columns() : header);
      this.vessel = Vessel.of(engine.seals(), shape, one.id());
      this.most = BulkRows.together(shape.table(), engine.bounds().bulkRows());
    }

    Import run() {
      var batch = Imports.batch(tx, arrival.project(), one.id(), -1);
      while (batch.isPresent()) {
        store(batch.get());
        batch = Imports.batch(tx, arrival.project(), one.id(), batch.get().at());
      }
      var done = one.with(progress);
      Imports.end(tx, arrival.project(), done, Status.COMPLETED);
      return done;
    }

    private void store(Imports.Batch batch) {
      var rows = new ArrayList<Row>(most);
      int characters = 0;
      for (int i = 0; i < batch.records().length; i++) {
        var text = vessel.empty(batch.records()[i]);
        boolean full = rows.size() == most || characters + text.length() > MAX_CHARACTERS;
        if (full && !rows.isEmpty()) {
          together(rows);
          rows.clear();
          characters = 0;
        }
        characters += text.length();
        long line = batch.lines()[i];
        try {
          rows.add(new Row(line, reader.draft(text), text.length()));
        } catch (BadRecord bad) {
          // The table has changed since it was checked.
          worse(new Mistake(line, bad.column(), bad.reason()));
        }
      }
      if (!rows.isEmpty()) together(rows);
      if (progress.bad() > 0 && !one.settings().skip()) throw new Spoilt(progress);
    }

    private void together(List<Row> rows) {
      if (rows.size() > 1 && tried(rows) == null) return;
      for (var row : rows) {
        var mistake = tried(List.of(row));
        if (mistake != null) worse(mistake);
      }
    }

    private void worse(Mistake mistake) {
      progress = progress.worseThanThought(mistake);
    }

    /** Why one of them cannot be stored, of which nothing remains; null where all are. */
    private @Nullable Mistake tried(List<Row> rows) {
      long line = rows.getFirst().line;
      var drafts = rows.stream().map(Row::draft).toList();
      try {
        tx.attempt(
            part ->
                engine.changes().create(arrival.change(), arrival.place(), drafts).await().size());
        return null;
      } catch (Refusal refusal) {
        return new Mistake(line, refusal.column(), reason(refusal, arrival.words()));
      } catch (Failure failure) {
        if (failure.fault().status() >= 500) throw failure;
        return new Mistake(line, "", failure.text());
      }
    }
  }
}
