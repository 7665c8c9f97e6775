package dev.celadon.service.databases.transfer;

import static dev.celadon.api.Endpoint.delete;
import static dev.celadon.api.Endpoint.get;
import static dev.celadon.api.Endpoint.post;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Ids;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.staging.Caller;
import dev.celadon.domain.documents.transfer.Arrival;
import dev.celadon.domain.documents.transfer.FileForm;
import dev.celadon.domain.documents.transfer.Import;
import dev.celadon.domain.documents.transfer.Import.Status;
import dev.celadon.domain.documents.transfer.Imports;
import dev.celadon.domain.documents.transfer.Receiving;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Models;
import dev.celadon.service.databases.Names;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Files of rows: a table as one, and one into a table. */
public final class TransferActions {

  private static final String CSV = "text/csv";
  private static final Set<String> JSON_LINES =
      Set.of("application/x-ndjson", "application/jsonl", "application/jsonlines");

  private static final Model<Import> IMPORT =
      Model.of("rowImport", Import.class)
          .field("$id", Schema.TEXT, Import::id, "Its id.")
          .field("$createdAt", Schema.TIME, Import::created, "When it was begun.")
          .field("$updatedAt", Schema.TIME, Import::updated, "When more of it came.")
          .field("databaseId", Schema.TEXT, Import::database, "The database.")
          .field("tableId", Schema.TEXT, Import::table, "The table that it is for.")
          .field(
              "status",
              Schema.TEXT,
              Import::status,
              "`open`, `applying` while it is stored, `completed` or `failed`.")
          .field("bytes", Schema.INTEGER, i -> i.progress().bytes(), "The offset to go on from.")
          .field("lines", Schema.INTEGER, i -> i.progress().lines(), "The lines up to there.")
          .field("good", Schema.INTEGER, i -> i.progress().good(), "The records without fault.")
          .field("bad", Schema.INTEGER, i -> i.progress().bad(), "Those with one.")
          .field(
              "errors",
              Schema.list(Schema.OBJECT),
              i -> i.progress().mistakes().stream().map(Import.Mistake::json).toList(),
              "The first " + Import.MAX_ERRORS + " of them: {line, column, reason}.")
          .field("stored", Schema.INTEGER, TransferActions::stored, "The rows that were stored.")
          .field("expiresAt", Schema.TIME, Import::expires, "Until when it is known.");

  private static final Param<String> ID =
      Param.path("importId", Rules.id(), "The id of the import.");
  private static final Param<String> NEW_ID =
      Param.query("importId", Rules.newId(), "Its id, of one's own choice if it is to be gone on.")
          .optional();
  private static final Param<Long> OFFSET =
      Param.query("offset", Rules.integer(0, Long.MAX_VALUE), "Where in the file the body begins.")
          .orElse(0L);
  private static final Param<Boolean> MORE =
      Param.query("more", Rules.bool(), "Whether the file goes on behind this body.").orElse(false);
  private static final String SKIP = "skip";
  private static final Param<String> ON_ERROR =
      Param.query("onError", Rules.oneOf("abort", SKIP), "What a bad record does to the others.")
          .orElse("abort");

  private final Dialect words;
  private final Imports imports;
  private final Receiving receiving;
  private final Param<String> table;

  private TransferActions(Dialect words, Documents documents, Receiving receiving) {
    this.words = words;
    this.imports = documents.imports();
    this.receiving = receiving;
    this.table = words.tableId();
  }

  /** All of one vocabulary; {@code receiving} is the one of the node. */
  public static List<Action> in(
      Dialect words, Models models, Documents documents, Receiving receiving) {
    var actions = new TransferActions(words, documents, receiving);
    return List.of(
        ExportRows.in(words, documents.exports()),
        actions.take(models.row()),
        actions.show(),
        actions.forget());
  }

  private String root() {
    return words.oneTable() + "/imports";
  }

  private String one() {
    return root() + "/{importId}";
  }

  private Action take(Model<Buffer> row) {
    return post(root())
        .named(words.service, "import" + Dialect.capital(words.row) + "s")
        .doc(
            "Import " + words.row + "s",
            "Takes a file of CSV or JSON Lines and stores all of its rows at once, or none.")
        .params(
            List.of(
                Names.DATABASE,
                table,
                NEW_ID,
                OFFSET,
                MORE,
                ON_ERROR,
                Signs.COLUMNS,
                Signs.HEADER,
                Signs.DELIMITER,
                Signs.ENCLOSURE,
                Signs.ESCAPE))
        .takes(types())
        .scopes(words.writeRows())
        .limits(Names.WRITES)
        .audits(Names.ROW_AUDIT)
        .emits(words.event(Names.ROW_EVENT + "create"), row)
        .ours()
        .returns(202, IMPORT, this::taken);
  }

  private String[] types() {
    var all = JSON_LINES.stream().sorted().toList();
    if (words.free()) return all.toArray(String[]::new);
    return Stream.concat(Stream.of(CSV), all.stream()).toArray(String[]::new);
  }

  private Import taken(Call call) {
    var upload = call.upload();
    var id = call.find(NEW_ID);
    var ticket =
        new Arrival.Ticket(id == null ? Ids.unique() : id, call.get(OFFSET), call.get(MORE));
    var arrival =
        new Arrival(
            call.change(),
            Names.place(call, table),
            ticket,
            settings(call, upload.type()),
            upload.source(),
            words::say);
    var end = receiving.take(arrival);
    if (end.status() == Status.FAILED) throw failed(end);
    return end;
  }

  private Import.Settings settings(Call call, String type) {
    boolean skip = call.get(ON_ERROR).equals(SKIP);
    if (JSON_LINES.contains(type)) {
      return new Import.Settings(FileForm.JSON_LINES, false, List.of(), skip);
    }
    if (words.free() || !type.equals(CSV)) {
      throw Failure.with(
          Fault.BAD_REQUEST, "the body must be one of " + String.join(", ", types()));
    }
    boolean header = call.get(Signs.HEADER);
    var columns = call.get(Signs.COLUMNS);
    if (header != columns.isEmpty()) {
      throw Failure.with(
          Fault.ARGUMENT_INVALID, "`columns` names those of a file without a header, and no other");
    }
    return new Import.Settings(Signs.csv(call), header, columns, skip);
  }

  /** What a client gets to know of a file of which nothing was stored. */
  private static Failure failed(Import one) {
    var progress = one.progress();
    var first = progress.mistakes().getFirst();
    return Failure.of(
            Fault.ROW_INVALID_STRUCTURE,
            "Nothing was stored: %d of %d records cannot be, the first on line %d: %s"
                .formatted(
                    progress.bad(), progress.bad() + progress.good(), first.line(), first.reason()))
        .with(new JsonObject().put("import", IMPORT.renderJson(one)));
  }

  private static Object stored(Import one) {
    return one.status() == Status.COMPLETED ? one.progress().good() : 0L;
  }

  private Action show() {
    return get(one())
        .named(words.service, "get" + Dialect.capital(words.row) + "Import")
        .doc("Get an import", "Shows how far one has come.")
        .params(Names.DATABASE, table, ID)
        .scopes(words.readRows())
        .ours()
        .returns(
            200,
            IMPORT,
            call -> imports.get(Caller.of(call), Names.place(call, table), call.get(ID)));
  }

  private Action forget() {
    return delete(one())
        .named(words.service, "delete" + Dialect.capital(words.row) + "Import")
        .doc("Delete an import", "Forgets one, and what has come of it; stored rows stay.")
        .params(Names.DATABASE, table, ID)
        .scopes(words.writeRows())
        .ours()
        .returns(
            204,
            Model.<String>nothing(),
            call -> {
              imports.delete(Caller.of(call), Names.place(call, table), call.get(ID));
              return "";
            });
  }
}
