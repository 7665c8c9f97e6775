package dev.celadon.domain.documents.transfer;

import org.jspecify.annotations.Nullable;

/** Records of CSV written into a text: nothing is an empty cell, an empty text is enclosed. */
final class CellText {

  private final FileForm.Csv csv;
  private final StringBuilder out = new StringBuilder(4_096);
  private boolean first = true;

  CellText(FileForm.Csv csv) {
    this.csv = csv;
  }

  void cell(@Nullable String text) {
    if (!first) out.append(csv.delimiter());
    first = false;
    if (text == null) return;
    if (text.isEmpty() || special(text)) enclosed(text);
    else out.append(text);
  }

  private boolean special(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c != csv.delimiter() && c != csv.enclosure() && c != csv.escape();
      if (!plain || c == '\n' || c == '\r' || c == '\uFEFF') return true;
    }
    // What others would trim.
    return text.charAt(0) <= ' ' || text.charAt(text.length() - 1) <= ' ';
  }

  private void enclosed(String text) {
    out.append(csv.enclosure());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == csv.enclosure() || c == csv.escape()) out.append(csv.escape());
      out.append(c);
    }
    out.append(csv.enclosure());
  }

  void end() {
    out.append("\r\n");
    first = true;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
