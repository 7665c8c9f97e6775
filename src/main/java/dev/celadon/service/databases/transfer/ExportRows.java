package dev.celadon.service.databases.transfer;

import static dev.celadon.api.Endpoint.get;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.transfer.Exports;
import dev.celadon.domain.documents.transfer.FileForm;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Names;
import java.util.List;

/** Writes the rows that the caller may read as a file. */
final class ExportRows {

  private static final String CSV = "csv";
  private static final String JSON_LINES = "jsonl";

  static Action in(Dialect words, Exports exports) {
    var table = words.tableId();
    // Free documents have no columns that could stand above each other.
    Rule<String> forms = words.free() ? Rules.oneOf(JSON_LINES) : Rules.oneOf(CSV, JSON_LINES);
    var format = Param.query("format", forms, "The form of the file.").orElse(JSON_LINES);
    return get(words.oneTable() + "/export")
        .named(words.service, "export" + Dialect.capital(words.row) + "s")
        .doc(
            "Export " + words.row + "s",
            "Writes all that one may read and the filters let through as a file, in the order of"
                + " `$sequence`. It goes on behind any of them by `cursorAfter`.")
        .params(
            List.of(
                Names.DATABASE,
                table,
                format,
                Names.QUERIES,
                Signs.COLUMNS,
                Signs.HEADER,
                Signs.DELIMITER,
                Signs.ENCLOSURE,
                Signs.ESCAPE))
        .scopes(words.readRows())
        .ours()
        .composes(
            200,
            Model.stream(words.row + "File"),
            call -> exports.of(call.actor(), Names.place(call, table), wanted(call, format)));
  }

  private static Exports.Wanted wanted(Call call, Param<String> format) {
    var form = call.get(format).equals(CSV) ? Signs.csv(call) : FileForm.JSON_LINES;
    return new Exports.Wanted(
        form, call.get(Signs.HEADER), call.get(Signs.COLUMNS), call.get(Names.QUERIES));
  }

  private ExportRows() {}
}
