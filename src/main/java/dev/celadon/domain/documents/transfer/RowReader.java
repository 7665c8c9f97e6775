package dev.celadon.domain.documents.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.celadon.api.Rule;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.RowChanges;
import dev.celadon.domain.documents.Table;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of records. In CSV an empty cell is null and an enclosed empty one an empty text;
 * lists, geometry and what is linked stand as JSON.
 *
 * @param header the columns of CSV; empty for JSON Lines
 */
record RowReader(Table table, FileForm form, List<String> header) {

  /** How deep lists and objects may nest. */
  private static final int MAX_DEPTH = 64;

  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** The text of a record. */
  static String text(byte[] bytes) throws BadRecord {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') >= 0) throw new BadRecord("", "contains a NUL");
      return text;
    } catch (CharacterCodingException malformed) {
      throw new BadRecord("", "is not in UTF-8");
    }
  }

  /** Whether a record says nothing and is to be passed over, as the last line of a file may. */
  boolean blank(String record) {
    return record.isBlank() && header.size() != 1;
  }

  /** What is to be stored. */
  RowChanges.Draft draft(String record) throws BadRecord {
    var row = form.csv() == null ? object(record) : row(form.csv(), record);
    try {
      return Drafts.of(row);
    } catch (Rule.Refused refused) {
      boolean id = !refused.reason().contains("permission");
      throw new BadRecord(id ? Drafts.ID : Drafts.PERMISSIONS, refused.reason());
    }
  }

  private static JsonObject object(String record) throws BadRecord {
    if (parsed(record) instanceof JsonObject object) return object;
    throw new BadRecord("", "is not a JSON object");
  }

  /** JSON of which there is one reading: no name twice, nothing behind. Null for any other. */
  private static @Nullable Object parsed(String text) {
    try {
      return JacksonCodec.fromParser(STRICT.createParser(text), Object.class);
    } catch (IOException | DecodeException | ClassCastException malformed) {
      return null;
    }
  }

  private JsonObject row(FileForm.Csv csv, String record) throws BadRecord {
    var cells = Cells.of(csv, record);
    if (cells.size() != header.size()) {
      throw new BadRecord("", "has %d cells instead of %d".formatted(cells.size(), header.size()));
    }
    var row = new JsonObject();
    for (int i = 0; i < cells.size(); i++) {
      var name = header.get(i);
      var cell = cells.get(i);
      // Without an id or permissions a row gets those that it would get otherwise.
      if (cell.nothing() && name.startsWith("$")) continue;
      row.put(name, cell.nothing() ? null : value(name, cell.text()));
    }
    return row;
  }

  private @Nullable Object value(String name, String text) throws BadRecord {
    if (name.equals(Drafts.PERMISSIONS)) return json(name, text);
    var column = table.column(name);
    if (column == null) return table.relation(name) == null ? text : linked(name, text);
    if (column.array() || column.kind().stored().spatial()) return json(name, text);
    return single(column, text);
  }

  private static Object single(Column column, String text) throws BadRecord {
    try {
      return switch (column.kind().stored()) {
        case INTEGER -> Long.valueOf(text.strip());
        case FLOAT -> number(text.strip());
        case BOOLEAN ->
            switch (text.strip()) {
              case "true", "TRUE", "True" -> true;
              case "false", "FALSE", "False" -> false;
              default -> throw new BadRecord(column.key(), "must be true or false");
            };
        default -> text;
      };
    } catch (NumberFormatException other) {
      throw new BadRecord(column.key(), "must be a number");
    }
  }

  /** A number as JSON has it; Java would also take a letter behind it, and hexadecimal. */
  private static Double number(String text) {
    if (!text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) throw new NumberFormatException();
    return Double.valueOf(text);
  }

  /** The id of a related row, or JSON. */
  private static Object linked(String name, String text) throws BadRecord {
    return text.startsWith("[") || text.startsWith("{") ? json(name, text) : text;
  }

  private static Object json(String name, String text) throws BadRecord {
    var value = parsed(text);
    if (value instanceof JsonObject || value instanceof JsonArray) return value;
    throw new BadRecord(name, "must be a list in JSON");
  }
}
