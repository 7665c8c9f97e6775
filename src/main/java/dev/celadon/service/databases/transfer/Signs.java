package dev.celadon.service.databases.transfer;

import dev.celadon.api.Call;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.transfer.FileForm;
import java.util.List;

/** How files are written, as parameters say it; called as the protocol calls them elsewhere. */
final class Signs {

  static final Param<String> DELIMITER =
      Param.query("delimiter", Rules.text(1, 1), "Stands between the cells of CSV.").orElse(",");
  static final Param<String> ENCLOSURE =
      Param.query("enclosure", Rules.text(1, 1), "Stands around cells of CSV.").orElse("\"");
  static final Param<String> ESCAPE =
      Param.query("escape", Rules.text(1, 1), "Stands before an enclosure that is meant.")
          .orElse("\"");
  static final Param<Boolean> HEADER =
      Param.query("header", Rules.bool(), "Whether CSV begins with the names of its columns.")
          .orElse(true);
  static final Param<List<String>> COLUMNS =
      Param.query(
              "columns",
              Rules.list(Rules.text(1, 256), 512),
              "The columns, in their order; all of the table without.")
          .orElse(List.of());

  /** The signs of CSV that a call names. */
  static FileForm csv(Call call) {
    return new FileForm(
        new FileForm.Csv(
            call.get(DELIMITER).charAt(0),
            call.get(ENCLOSURE).charAt(0),
            call.get(ESCAPE).charAt(0)));
  }

  private Signs() {}
}
