package dev.celadon.service.databases.schemas;

import dev.celadon.api.Permission;
import dev.celadon.domain.documents.Columns;
import dev.celadon.domain.documents.Kind;
import dev.celadon.domain.documents.guards.Guard;
import dev.celadon.domain.documents.schemas.Design;
import dev.celadon.domain.documents.schemas.Step;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Drafts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A design, and the steps to it, as JSON in one vocabulary. */
final class SchemaJson {

  /** The version of the form in which a schema is written. */
  static final int VERSION = 1;

  private static final int TAG_BYTES = 16;

  private final Dialect words;

  SchemaJson(Dialect words) {
    this.words = words;
  }

  /** Names one state of a schema, whichever vocabulary it is seen in: a text in double quotes. */
  static String tag(Design design) {
    var text = new JsonArray(new SchemaJson(Dialect.TABLES_DB).tables(design)).encode();
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return '"' + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  List<JsonObject> tables(Design design) {
    return design.tables().stream().map(this::of).toList();
  }

  /** A step as it stands in a plan. */
  JsonObject of(Step step) {
    var json =
        new JsonObject()
            .put("kind", kind(step.part()))
            .put(words.table + "Id", step.table())
            .put("key", step.key())
            .put("from", piece(step.from()))
            .put("to", piece(step.to()))
            .put("losesData", step.loses());
    var refused = step.refused();
    return json.put("refused", refused == null ? "" : words.say(refused).text());
  }

  /** What a step is called: {@code column.update}. */
  String kind(Step.Part part) {
    return part.wire().replace("table", words.table).replace("column", words.column);
  }

  private @Nullable JsonObject piece(Design.@Nullable Piece piece) {
    return switch (piece) {
      case null -> null;
      case Design.Id id -> new JsonObject().put("$id", id.id());
      case Design.Traits traits -> put(new JsonObject(), traits);
      case Design.OfTable table -> of(table);
      case Design.OfColumn column -> of(column);
      case Design.OfLink link -> of(link);
      case Design.OfIndex index -> of(index);
    };
  }

  private JsonObject of(Design.OfTable table) {
    var columns = new JsonArray();
    table.columns().forEach(column -> columns.add(of(column)));
    table.links().forEach(link -> columns.add(of(link)));
    return put(new JsonObject().put("$id", table.id()), table.traits())
        .put(words.column + "s", columns)
        .put("indexes", new JsonArray(table.indexes().stream().map(this::of).toList()));
  }

  private JsonObject put(JsonObject json, Design.Traits traits) {
    return json.put("name", traits.name())
        .put("enabled", traits.enabled())
        .put(words.security(), traits.secured())
        .put("$permissions", texts(traits.permissions()));
  }

  private static JsonArray texts(List<Permission> permissions) {
    return new JsonArray(permissions.stream().map(Permission::toString).toList());
  }

  private static JsonObject of(Design.OfColumn column) {
    Columns.Draft draft = column.draft();
    var kind = draft.kind();
    var settings = draft.settings();
    var json = new JsonObject().put("key", draft.key()).put("type", kind.type());
    if (kind.format() instanceof String format && !format.isEmpty()) json.put("format", format);
    if (kind.sized()) json.put("size", settings.size());
    if (kind == Kind.ENUM) json.put("elements", new JsonArray(settings.elements()));
    json.put("required", settings.required());
    if (kind.listed()) json.put("array", settings.array());
    if (settings.min() != null) json.put("min", settings.min());
    if (settings.max() != null) json.put("max", settings.max());
    if (settings.fallback() != null) json.put("default", settings.fallback());
    if (kind.encryptable()) json.put("encrypt", settings.encrypt());
    return put(json, "$permissions", draft.guard());
  }

  private JsonObject of(Design.OfLink link) {
    var shown = link.draft();
    var json =
        new JsonObject()
            .put("key", link.key())
            .put("type", Drafts.RELATIONSHIP)
            .put("related" + Dialect.capital(words.table), shown.other())
            .put("relationType", shown.kind().wire())
            .put("twoWay", shown.twoWay());
    if (link.otherKey() != null) json.put("twoWayKey", link.otherKey());
    json.put("onDelete", shown.onDelete().wire());
    put(json, "$permissions", shown.guard());
    return put(json, "twoWayPermissions", link.there());
  }

  private static JsonObject put(JsonObject json, String name, Guard guard) {
    return guard.none() ? json : json.put(name, guard.json());
  }

  private JsonObject of(Design.OfIndex index) {
    var draft = index.draft();
    var json =
        new JsonObject()
            .put("key", draft.key())
            .put("type", draft.kind())
            .put(words.column + "s", new JsonArray(draft.columns()));
    if (!draft.orders().isEmpty()) json.put("orders", new JsonArray(draft.orders()));
    if (!draft.lengths().isEmpty()) json.put("lengths", new JsonArray(draft.lengths()));
    return json;
  }
}
