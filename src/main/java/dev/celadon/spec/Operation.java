package dev.celadon.spec;

import dev.celadon.api.Catalog;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.RateLimit;
import dev.celadon.api.Rule;
import dev.celadon.api.Schema;
import dev.celadon.api.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** One endpoint as an OpenAPI operation. */
final class Operation {

  private static final String JSON = "application/json";

  /**
   * @param way 0 for the endpoint's own path, n for its nth alias; ids of operations are unique
   */
  static JsonObject of(Endpoint endpoint, int way) {
    var operation =
        new JsonObject()
            .put("operationId", id(endpoint, way))
            .put("tags", JsonArray.of(endpoint.service()))
            .put("summary", endpoint.title())
            .put("description", endpoint.doc());
    var parameters = new JsonArray();
    endpoint.params().stream()
        .filter(param -> param.in() != Param.In.BODY)
        .forEach(param -> parameters.add(parameter(param)));
    if (!parameters.isEmpty()) operation.put("parameters", parameters);
    var body = endpoint.params().stream().filter(param -> param.in() == Param.In.BODY).toList();
    if (!body.isEmpty()) operation.put("requestBody", requestBody(body));
    if (!endpoint.takes().isEmpty()) operation.put("requestBody", file(endpoint));
    return operation
        .put("responses", responses(endpoint))
        .put("security", Security.of(endpoint))
        .put("x-celadon", more(endpoint));
  }

  private static String id(Endpoint endpoint, int way) {
    var id = endpoint.service() + "_" + endpoint.name();
    return way == 0 ? id : id + "_alias" + way;
  }

  private static JsonObject parameter(Param<?> param) {
    return new JsonObject()
        .put("name", param.name())
        .put("in", param.in().name().toLowerCase(Locale.ROOT))
        .put("required", param.required())
        .put("description", param.doc())
        .put("schema", schema(param));
  }

  private static JsonObject schema(Param<?> param) {
    var schema = param.rule().schema().json().copy();
    var fallback = Json.value(param.fallback());
    return fallback == null || !sayable(param, fallback) ? schema : schema.put("default", fallback);
  }

  /** Whether a client might send the default itself; an empty text often only means none. */
  private static boolean sayable(Param<?> param, Object fallback) {
    try {
      param.rule().accept(fallback);
      return true;
    } catch (Rule.Refused refused) {
      return false;
    }
  }

  private static JsonObject requestBody(List<Param<?>> params) {
    var properties = new JsonObject();
    for (var param : params) {
      properties.put(param.name(), schema(param).put("description", param.doc()));
    }
    var required = params.stream().filter(Param::required).map(Param::name).toList();
    var schema = new JsonObject().put("type", "object").put("properties", properties);
    if (!required.isEmpty()) schema.put("required", Json.array(required));
    return new JsonObject()
        .put("required", !required.isEmpty())
        .put("content", Json.content(JSON, schema));
  }

  private static JsonObject file(Endpoint endpoint) {
    var content = new JsonObject();
    for (var type : endpoint.takes()) {
      content.put(type, new JsonObject().put("schema", Schema.TEXT.json()));
    }
    return new JsonObject().put("required", true).put("content", content);
  }

  private static JsonObject responses(Endpoint endpoint) {
    var model = endpoint.model();
    var fine = new JsonObject().put("description", model.name());
    if (model.kind() == Model.Kind.NOTHING) {
      fine.put("description", "Done; there is nothing to show.");
    } else if (model.kind() == Model.Kind.STREAM) {
      fine.put("content", Json.content("*/*", Schema.TEXT.json()));
    } else {
      var type = model.kind() == Model.Kind.TEXT ? "text/plain" : JSON;
      fine.put("content", Json.content(type, Schema.model(model.name()).json()));
    }
    var responses = new JsonObject().put(Integer.toString(endpoint.status()), fine);
    if (!endpoint.limits().isEmpty()) {
      fine.put("headers", Refusals.limitHeaders());
      responses.put("429", response("TooMany"));
    }
    return responses.put("4XX", response("Refused")).put("5XX", response("Failed"));
  }

  private static JsonObject response(String name) {
    return new JsonObject().put("$ref", "#/components/responses/" + name);
  }

  /** What OpenAPI has no words for. */
  private static JsonObject more(Endpoint endpoint) {
    var more = new JsonObject();
    more.put("scopes", Json.array(endpoint.scopes().stream().map(Scope::wire).sorted().toList()));
    if (!endpoint.limits().isEmpty()) {
      more.put("rateLimits", Json.array(endpoint.limits().stream().map(Operation::limit).toList()));
    }
    var event = endpoint.event();
    if (event != null) more.put("event", event.template());
    if (!endpoint.aliases().isEmpty()) {
      more.put("paths", Json.array(Catalog.paths(endpoint).toList()));
    }
    return endpoint.extension() ? more.put("ours", true) : more;
  }

  private static JsonObject limit(RateLimit limit) {
    return new JsonObject()
        .put("calls", limit.calls())
        .put("windowSeconds", limit.window().toSeconds())
        .put("by", Json.array(limit.by().stream().map(Operation::trait).toList()));
  }

  private static String trait(RateLimit.By by) {
    return switch (by) {
      case RateLimit.By.Trait trait -> trait.name().toLowerCase(Locale.ROOT);
      case RateLimit.By.Value(var param) -> "param:" + param;
    };
  }

  private Operation() {}
}
