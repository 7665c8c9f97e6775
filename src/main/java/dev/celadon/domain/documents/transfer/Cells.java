package dev.celadon.domain.documents.transfer;

import java.util.ArrayList;
import java.util.List;

/** Parts a record of CSV into its cells. */
final class Cells {

  /** One cell; {@code enclosed} tells an empty text from nothing. */
  record Cell(String text, boolean enclosed) {
    boolean nothing() {
      return text.isEmpty() && !enclosed;
    }
  }

  private final FileForm.Csv csv;
  private final String record;
  private final List<Cell> cells = new ArrayList<>();
  private int at;

  private Cells(FileForm.Csv csv, String record) {
    this.csv = csv;
    this.record = record;
  }

  /** The cells of {@code record}, at least one. */
  static List<Cell> of(FileForm.Csv csv, String record) throws BadRecord {
    var reading = new Cells(csv, record);
    while (reading.next()) {
      // Each cell adds itself.
    }
    return reading.cells;
  }

  /** Reads a cell; says whether another follows. */
  private boolean next() throws BadRecord {
    cells.add(at < record.length() && record.charAt(at) == csv.enclosure() ? enclosed() : plain());
    if (at == record.length()) return false;
    at++;
    return true;
  }

  private Cell plain() throws BadRecord {
    int end = record.indexOf(csv.delimiter(), at);
    if (end < 0) end = record.length();
    var text = record.substring(at, end);
    if (text.indexOf(csv.enclosure()) >= 0) throw bad("has an enclosure amid its text");
    if (text.indexOf('\r') >= 0) throw bad("has a line break that is not enclosed");
    at = end;
    return new Cell(text, false);
  }

  private Cell enclosed() throws BadRecord {
    var text = new StringBuilder();
    int i = at + 1;
    while (true) {
      if (i >= record.length()) throw bad("is enclosed without an end");
      char c = record.charAt(i);
      boolean another = i + 1 < record.length();
      if (c == csv.escape() && another && escapable(record.charAt(i + 1))) {
        text.append(record.charAt(i + 1));
        i += 2;
      } else if (c == csv.enclosure()) {
        at = i + 1;
        break;
      } else {
        text.append(c);
        i++;
      }
    }
    if (at < record.length() && record.charAt(at) != csv.delimiter()) {
      throw bad("goes on after its enclosure");
    }
    return new Cell(text.toString(), true);
  }

  private boolean escapable(char c) {
    return c == csv.enclosure() || c == csv.escape();
  }

  private BadRecord bad(String reason) {
    return new BadRecord("", "cell " + (cells.size() + 1) + " " + reason);
  }
}
