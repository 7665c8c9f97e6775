package dev.celadon.domain.documents.transfer;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.domain.documents.BulkRows;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Shape;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.transfer.Import.Progress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of one request: each is checked as it comes, and kept with others until they are
 * worth a transaction.
 */
final class Checking {

  /** So many characters, or lines, are kept together. */
  private static final int BATCH_CHARACTERS = 512 * 1024;

  private static final int BATCH_LINES = 2_000;

  private final Imports imports;
  private final BulkRows bulk;
  private final Arrival arrival;
  private final Shape shape;
  private final Vessel vessel;
  private final List<Long> lines = new ArrayList<>();
  private final List<String> records = new ArrayList<>();
  private long characters;
  private final String id;
  private final Import.Settings settings;
  private Progress kept;
  private Progress now;
  private @Nullable RowReader reader;

  /** What is needed to check and keep records. */
  record Work(Imports imports, BulkRows bulk, Vessel vessel) {}

  /**
   * @param begun the import as it is kept
   */
  Checking(Work work, Arrival arrival, Shape shape, Import begun) {
    this.imports = work.imports;
    this.bulk = work.bulk;
    this.vessel = work.vessel;
    this.arrival = arrival;
    this.shape = shape;
    this.id = begun.id();
    this.settings = begun.settings();
    this.kept = begun.progress();
    this.now = kept;
    var header = now.header();
    if (header != null) reader = reader(header);
    else if (!settings.headed()) reader = reader(settings.columns());
  }

  private RowReader reader(List<String> header) {
    return new RowReader(shape.table(), settings.form(), header);
  }

  /** The next record, and where the one after it begins. */
  void take(Records.One record) {
    long line = record.line();
    try {
      var text = RowReader.text(record.bytes());
      if (reader == null) header(text);
      else if (!reader.blank(text)) row(reader, text, line);
    } catch (BadRecord bad) {
      if (reader == null) throw unreadable(line, bad.reason());
      bad(line, bad.column(), bad.reason());
    }
    now = now.at(record.end(), record.lines());
    if (characters >= BATCH_CHARACTERS || now.lines() - kept.lines() >= BATCH_LINES) keep();
  }

  /** Refuses a file that has ended without one. */
  void requireHeader() {
    if (reader == null) throw unreadable(1, "there is no header");
  }

  private void header(String text) throws BadRecord {
    var csv = settings.form().csv();
    if (csv == null) throw new IllegalStateException("only CSV has a header");
    var names = Cells.of(csv, text).stream().map(cell -> cell.text().strip()).toList();
    requireColumns(shape.table(), names);
    now = now.headed(names);
    reader = reader(names);
  }

  /** Refuses names that no column of the table has, and the same name twice. */
  static void requireColumns(Table table, List<String> names) {
    var seen = new HashSet<String>();
    for (var name : names) {
      if (!seen.add(name)) throw unreadable(1, "the column '" + shown(name) + "' is named twice");
      if (!BulkRows.takes(table, name)) {
        throw unreadable(1, "there is no column '" + shown(name) + "'");
      }
    }
  }

  private static String shown(String name) {
    return name.length() > 40 ? name.substring(0, 40) + "…" : name;
  }

  private static Failure unreadable(long line, String reason) {
    return Failure.with(Fault.BAD_REQUEST, "line " + line + ": " + reason);
  }

  private void row(RowReader reader, String text, long line) throws BadRecord {
    var draft = reader.draft(text);
    try {
      bulk.check(arrival.change().actor(), shape, draft);
    } catch (Refusal refusal) {
      bad(line, refusal.column(), Storing.reason(refusal, arrival.words()));
      return;
    }
    now = now.better();
    // Where one bad record is in the way of all there is nothing to be kept any more.
    if (now.bad() > 0 && !settings.skip()) return;
    lines.add(line);
    records.add(vessel.fill(text));
    characters += text.length();
  }

  private void bad(long line, String column, String reason) {
    now = now.worse(new Import.Mistake(line, column, reason));
  }

  /** Keeps what has come; whatever happens then, whoever goes on begins behind it. */
  Progress keep() {
    if (now.equals(kept)) return kept;
    var step = new Imports.Step(kept, now, List.copyOf(lines), List.copyOf(records));
    imports.advance(arrival.project(), id, step);
    lines.clear();
    records.clear();
    characters = 0;
    kept = now;
    return kept;
  }
}
