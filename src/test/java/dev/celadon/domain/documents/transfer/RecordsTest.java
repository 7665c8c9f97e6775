package dev.celadon.domain.documents.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.celadon.api.Failure;
import dev.celadon.domain.documents.transfer.Cells.Cell;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in pieces of every size, and cells that hold whatever text can. */
class RecordsTest {

  private static final FileForm.Csv USUAL = new FileForm.Csv(',', '"', '"');
  private static final FileForm.Csv OWN = new FileForm.Csv(';', '\'', '\\');

  /** The records as {@code line@end:text}, the file taken in pieces of {@code size} bytes. */
  private static List<String> parted(FileForm form, String file, int size) {
    var found = new ArrayList<String>();
    var records =
        new Records(
            form,
            0,
            0,
            one ->
                found.add(
                    one.line()
                        + "-"
                        + one.lines()
                        + "@"
                        + one.end()
                        + ":"
                        + new String(one.bytes(), StandardCharsets.UTF_8)));
    var bytes = file.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i += size) {
      records.add(Buffer.buffer().appendBytes(bytes, i, Math.min(size, bytes.length - i)));
    }
    records.end();
    return found;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1_000})
  void recordsEndWhereNoQuotesEncloseTheLineEnd(int size) {
    var file = "\uFEFF\"a\",b\r\n1,\"x\ny\"\"\r\n\"\n\n2,z";
    assertEquals(
        List.of("1-1@10:\"a\",b", "2-4@22:1,\"x\ny\"\"\r\n\"", "5-5@23:", "6-6@26:2,z"),
        parted(new FileForm(USUAL), file, size));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1_000})
  void aSignOfItsOwnEscapes(int size) {
    var file = "a;b\n'it\\'s\n';'\\\\'\n'\\\n';x\n";
    assertEquals(
        List.of("1-1@4:a;b", "2-3@18:'it\\'s\n';'\\\\'", "4-5@25:'\\\n';x"),
        parted(new FileForm(OWN), file, size));
  }

  @Test
  void linesOfJsonPayNoHeedToQuotes() {
    assertEquals(
        List.of("1-1@10:{\"a\":\"'\"}", "2-2@13:{\""),
        parted(FileForm.JSON_LINES, "{\"a\":\"'\"}\n{\"\n", 4));
  }

  @Test
  void aRecordWithoutEndIsRefusedBeforeItIsLong() {
    var records = new Records(new FileForm(USUAL), 0, 0, one -> {});
    var piece = Buffer.buffer("x".repeat(1 << 20));
    for (int i = 0; i < 4; i++) records.add(piece);
    assertThrows(Failure.class, () -> records.add(piece));
  }

  @Test
  void whatIsWrittenIsRead() throws BadRecord {
    var random = new Random(7);
    var signs = new String[] {"\"", "'", ",", ";", "\\", "\n", "\r\n", "\r", " ", "x", "é", "😀"};
    for (var csv : List.of(USUAL, OWN)) {
      for (int run = 0; run < 500; run++) {
        var cells = new ArrayList<Cell>();
        var out = new CellText(csv);
        for (int i = 0; i < 3; i++) {
          var text = new StringBuilder();
          for (int n = random.nextInt(6); n > 0; n--) {
            text.append(signs[random.nextInt(signs.length)]);
          }
          boolean nothing = text.isEmpty() && random.nextBoolean();
          out.cell(nothing ? null : text.toString());
          cells.add(new Cell(text.toString(), !nothing));
        }
        out.end();
        var file = out.toString();
        var record = file.substring(0, file.length() - 2);
        assertEquals(1, parted(new FileForm(csv), file, 3).size(), file);
        var read = Cells.of(csv, record);
        for (int i = 0; i < 3; i++) {
          assertEquals(cells.get(i).text(), read.get(i).text(), file);
          assertEquals(cells.get(i).nothing(), read.get(i).nothing(), file);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "\"a\"b", "\"a", "a\rb"})
  void whatCanBeReadInTwoWaysIsRefused(String record) {
    assertThrows(BadRecord.class, () -> Cells.of(USUAL, record));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n\"\"", ",,\"", "\"\"\"", ",\"\0", ",é\""})
  void signsMustBeToldApart(String signs) {
    var s = signs + "  ";
    assertThrows(Failure.class, () -> new FileForm.Csv(s.charAt(0), s.charAt(1), s.charAt(2)));
  }
}
