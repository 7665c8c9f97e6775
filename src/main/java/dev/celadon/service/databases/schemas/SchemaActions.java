package dev.celadon.service.databases.schemas;

import static dev.celadon.api.Endpoint.get;
import static dev.celadon.api.Endpoint.put;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Change;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Failure;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.schemas.Design;
import dev.celadon.domain.documents.schemas.Schemas;
import dev.celadon.domain.documents.schemas.Step;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Names;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Shows all tables of a database as one document, and applies such a document. */
public final class SchemaActions {

  private static final Param<Boolean> PLAN =
      Param.query("plan", Rules.bool(), "Whether only to say what would be done.").orElse(false);
  private static final Param<Boolean> LOSSY =
      Param.query("allowDataLoss", Rules.bool(), "Whether what is stored may be lost.")
          .orElse(false);
  private static final Param<Long> VERSION =
      Param.body(
              "version",
              Rules.integer(SchemaJson.VERSION, SchemaJson.VERSION),
              "The version of the form in which it is written.")
          .orElse((long) SchemaJson.VERSION);
  private static final Param<String> IF_MATCH =
      Param.header("If-Match", Rules.text(1_000), "The ETag that the schema must have still.")
          .optional();

  private final Dialect words;
  private final Schemas schemas;
  private final Map<Step.Part, Endpoint> endpoints = new EnumMap<>(Step.Part.class);
  private final SchemaJson json;
  private final Param<Design> tables;

  private SchemaActions(Dialect words, Schemas schemas, List<Action> others) {
    this.words = words;
    this.schemas = schemas;
    this.json = new SchemaJson(words);
    var form = new SchemaForm(words);
    this.tables = Param.body(form.name(), form.rule(), "All of them; others shall not be there.");
    for (var part : Step.Part.values()) {
      if (part != Step.Part.TABLE_RENAME) endpoints.put(part, endpoint(others, part));
    }
  }

  /**
   * Both endpoints.
   *
   * @param others those that do a single step, each with its event
   */
  public static List<Action> in(Dialect words, Schemas schemas, Stream<Action> others) {
    var actions = new SchemaActions(words, schemas, others.toList());
    return List.of(actions.show(), actions.apply());
  }

  /** The endpoint that does such a step when it is done alone. */
  private Endpoint endpoint(List<Action> others, Step.Part part) {
    var column = Dialect.capital(words.column);
    var name =
        switch (part) {
          case TABLE_CREATE, TABLE_UPDATE, TABLE_DELETE, TABLE_RENAME ->
              verb(part) + Dialect.capital(words.table);
          case COLUMN_DELETE -> verb(part) + column;
          case COLUMN_CREATE, COLUMN_UPDATE -> verb(part) + "Text" + column;
          case INDEX_CREATE, INDEX_DELETE -> verb(part) + "Index";
        };
    return others.stream()
        .map(Action::endpoint)
        .filter(endpoint -> endpoint.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name));
  }

  private static String verb(Step.Part part) {
    return part.wire().substring(part.wire().indexOf('.') + 1);
  }

  private Action show() {
    var model =
        Model.of(Dialect.capital(words.table) + "Schema", Design.class)
            .field("version", Schema.INTEGER, d -> SchemaJson.VERSION, "The form of this.")
            .field(words.table + "s", Schema.list(Schema.OBJECT), json::tables, "All of them.")
            .tagged(SchemaJson::tag);
    return get(words.root + "/{databaseId}/schema")
        .named(words.service, "getSchema")
        .doc("Get the schema", "Shows all " + words.table + "s as one document to keep.")
        .params(Names.DATABASE)
        .scopes(words.readTables())
        .ours()
        .returns(200, model, call -> schemas.read(place(call)));
  }

  private Action apply() {
    var model =
        Model.of(Dialect.capital(words.table) + "SchemaPlan", Done.class)
            .field("applied", Schema.BOOLEAN, Done::applied, "Whether it was done.")
            .field("losesData", Schema.BOOLEAN, d -> d.outcome.loses(), "Whether a step does.")
            .field("steps", Schema.list(Schema.OBJECT), this::steps, "In order.")
            .tagged(done -> SchemaJson.tag(done.outcome.now()));
    return put(words.root + "/{databaseId}/schema")
        .named(words.service, "updateSchema")
        .doc(
            "Apply a schema",
            "Brings all " + words.table + "s in line with a document, in one transaction.")
        .params(Names.DATABASE, PLAN, LOSSY, VERSION, tables, IF_MATCH)
        .scopes(words.writeTables())
        .audits(Names.DATABASE_AUDIT)
        .emits(words.event(Names.TABLE_EVENT + "update"))
        .ours()
        .returns(200, model, this::apply);
  }

  /** What was found, or done. */
  private record Done(boolean applied, Schemas.Outcome outcome) {}

  private List<JsonObject> steps(Done done) {
    return done.outcome.steps().stream().map(json::of).toList();
  }

  private Done apply(Call call) {
    int timeoutMs = call.origin().timeoutMs();
    int mostMs = timeoutMs > 0 ? timeoutMs : Schemas.MOST_MS;
    var asked = new Schemas.Asked(call.get(tables), expected(call), call.get(LOSSY), mostMs);
    try {
      return call.get(PLAN)
          ? new Done(false, schemas.plan(place(call), asked))
          : new Done(true, schemas.apply(place(call), asked, part -> change(call, part)));
    } catch (Schemas.Stopped stopped) {
      throw said(stopped);
    }
  }

  private Change change(Call call, Step.Part part) {
    var endpoint = Objects.requireNonNull(endpoints.get(part));
    return new Change(endpoint, call.project(), call.actor(), call.origin());
  }

  private Failure said(Schemas.Stopped stopped) {
    var refused = words.say(stopped.refusal());
    var step = stopped.step();
    var of = step.key().isEmpty() ? step.table() : step.table() + "." + step.key();
    var text = "Nothing was changed, because of step %d, %s of %s: %s";
    return Failure.of(
        refused.fault(),
        text.formatted(stopped.number(), json.kind(step.part()), of, refused.text()));
  }

  private Table.Place place(Call call) {
    return new Table.Place(call.project(), call.get(Names.DATABASE), "", words.form());
  }

  private static Predicate<Design> expected(Call call) {
    var given = call.find(IF_MATCH);
    if (given == null || given.strip().equals("*")) return design -> true;
    var tags = List.of(given.replace("W/", "").replace("\"", "").strip().split("\\s*,\\s*"));
    return design -> tags.contains(SchemaJson.tag(design).replace("\"", ""));
  }
}
