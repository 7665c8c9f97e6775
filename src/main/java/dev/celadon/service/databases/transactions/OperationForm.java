package dev.celadon.service.databases.transactions;

import dev.celadon.api.Call;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.domain.documents.staging.Operation;
import dev.celadon.service.databases.Dialect;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * An operation as clients list it: {@code {action, databaseId, tableId, rowId, data}}, in either
 * vocabulary. What it says becomes a call of the endpoint that does the same.
 */
final class OperationForm {

  private static final String DATA = "data";
  private static final String PERMISSIONS = "permissions";
  private static final String QUERIES = "queries";

  private final Dialect words;
  private final Steps steps;

  OperationForm(Dialect words, Steps steps) {
    this.words = words;
    this.steps = steps;
  }

  /**
   * @param number its place in the list, from 1
   * @throws Failure {@link Fault#TRANSACTION_INVALID}, {@link Fault#ARGUMENT_INVALID}
   */
  Operation read(Call call, JsonObject form, int number) {
    if (!(form.getValue("action") instanceof String action)) throw unknown(number);
    var endpoint = steps.endpoint(words.service + "." + method(action, number));
    if (endpoint == null) throw unknown(number);
    try {
      var values = Parameters.read(endpoint, parameters(action, form));
      return Steps.operation(
          new Call(endpoint, call.project(), call.actor(), call.origin(), values));
    } catch (Failure failure) {
      throw Failure.of(failure.fault(), "Operation " + number + ": " + failure.text());
    }
  }

  private String method(String action, int number) {
    var row = Dialect.capital(words.row);
    return switch (action) {
      case "create", "update", "upsert", "delete" -> action + row;
      case "increment", "decrement" -> action + row + Dialect.capital(words.column);
      case "bulkCreate" -> "create" + row;
      case "bulkUpdate" -> "update" + row + "s";
      case "bulkUpsert" -> "upsert" + row + "s";
      case "bulkDelete" -> "delete" + row + "s";
      default -> throw unknown(number);
    };
  }

  private JsonObject parameters(String action, JsonObject form) {
    var call = new JsonObject();
    put(call, "databaseId", form.getValue("databaseId"));
    put(call, words.table + "Id", first(form, "tableId", "collectionId"));
    var data = form.getValue(DATA);
    var inside = data instanceof JsonObject object ? object : new JsonObject();
    switch (action) {
      case "bulkCreate", "bulkUpsert" ->
          put(call, words.row + "s", data instanceof JsonArray ? data : rows(inside));
      case "bulkUpdate" -> {
        put(call, DATA, inside.getValue(DATA));
        put(call, QUERIES, inside.getValue(QUERIES));
      }
      case "bulkDelete" -> put(call, QUERIES, inside.getValue(QUERIES));
      default -> {
        put(call, words.row + "Id", first(form, "rowId", "documentId"));
        one(call, action, form, inside);
      }
    }
    return call;
  }

  private void one(JsonObject call, String action, JsonObject form, JsonObject inside) {
    if (action.equals("increment") || action.equals("decrement")) {
      put(call, words.column, first(inside, "column", "attribute", "key"));
      for (var name : new String[] {"value", "min", "max"}) put(call, name, inside.getValue(name));
      return;
    }
    put(call, DATA, form.getValue(DATA));
    var permissions = first(form, PERMISSIONS, "$" + PERMISSIONS);
    put(call, PERMISSIONS, permissions == null ? inside.getValue("$" + PERMISSIONS) : permissions);
  }

  private static @Nullable Object rows(JsonObject data) {
    return first(data, "rows", "documents");
  }

  private static @Nullable Object first(JsonObject json, String... names) {
    for (var name : names) if (json.getValue(name) instanceof Object value) return value;
    return null;
  }

  private static void put(JsonObject json, String name, @Nullable Object value) {
    if (value != null) json.put(name, value);
  }

  private static Failure unknown(int number) {
    return Failure.with(
        Fault.TRANSACTION_INVALID,
        "operation "
            + number
            + " names none of the actions create, update, upsert, delete, increment, decrement,"
            + " bulkCreate, bulkUpdate, bulkUpsert, bulkDelete");
  }
}
