package dev.celadon.service.databases.transactions;

import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Permission;
import dev.celadon.api.Query;
import dev.celadon.domain.documents.RowChanges;
import dev.celadon.domain.documents.sql.Expected;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Staging;
import dev.celadon.service.databases.rows.Versions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a call as JSON, and back: written in the form in which they were accepted, so
 * that ids stand in them which the server made.
 */
final class Parameters {

  /** All that {@code call} was given, but the transaction. */
  static JsonObject write(Call call) {
    var json = new JsonObject();
    for (var param : call.endpoint().params()) {
      if (param.name().equals(Staging.NAME) || !call.given(param)) continue;
      json.put(param.name(), plain(call.values().get(param.name())));
    }
    return json;
  }

  /**
   * What the parameters of {@code endpoint} make of {@code json}.
   *
   * @throws dev.celadon.api.Failure as for a call that comes from outside
   */
  static Map<String, Object> read(Endpoint endpoint, JsonObject json) {
    var values = new HashMap<String, Object>();
    for (var param : endpoint.params()) {
      boolean given = json.containsKey(param.name());
      if (param.name().equals(Staging.NAME) || (!given && !param.required())) continue;
      values.put(param.name(), param.read(json.getValue(param.name())));
    }
    return values;
  }

  /** The rows that the parameters name, as {@code database/table/row}. */
  static Set<String> rows(Dialect words, JsonObject json) {
    var table = json.getValue("databaseId") + "/" + json.getValue(words.table + "Id") + "/";
    var rows = new HashSet<String>();
    if (json.getValue(words.row + "Id") instanceof String id) rows.add(table + id);
    if (json.getValue(words.row + "s") instanceof JsonArray many) {
      for (var one : many) if (one instanceof JsonObject row) rows.add(table + row.getValue("$id"));
    }
    return rows;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Number number -> number;
      case Boolean bool -> bool;
      case JsonObject object -> object;
      case JsonArray array -> array;
      case Permission permission -> permission.toString();
      case Query query -> query(query);
      case RowChanges.Draft draft -> draft(draft);
      case Expected expected -> Versions.text(expected);
      case List<?> list -> {
        var array = new JsonArray();
        for (var item : list) array.add(plain(item));
        yield array;
      }
      default -> throw new IllegalStateException("cannot stage a " + value.getClass());
    };
  }

  private static JsonObject query(Query query) {
    return new JsonObject()
        .put("method", query.method().toString())
        .put("attribute", query.attribute())
        .put("values", plain(query.values()));
  }

  private static JsonObject draft(RowChanges.Draft draft) {
    var json = draft.data().copy().put("$id", draft.id());
    if (draft.permissions() == null) json.remove("$permissions");
    else json.put("$permissions", plain(draft.permissions()));
    return json;
  }

  private Parameters() {}
}
