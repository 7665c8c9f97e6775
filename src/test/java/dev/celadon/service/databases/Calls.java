package dev.celadon.service.databases;

import dev.celadon.api.Action;
import dev.celadon.api.Actor;
import dev.celadon.api.AsyncHandler;
import dev.celadon.api.Call;
import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Handler;
import dev.celadon.api.Origin;
import dev.celadon.api.Param;
import dev.celadon.api.Scope;
import dev.celadon.api.Service;
import dev.celadon.domain.documents.Databases;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.TestDocuments;
import dev.celadon.store.Postgres;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls endpoints as the gateway does, without HTTP: parameters checked, answers rendered. */
final class Calls {

  static final Actor KEY = new Actor.Key("k1", Set.of());
  static final Actor GUEST = new Actor.Guest(Set.of());

  final String project;
  final Documents documents;
  private final Map<String, Action> actions = new HashMap<>();

  Calls(Postgres postgres, String project) {
    this.project = project;
    documents = TestDocuments.open(postgres);
    for (Service service : DatabasesService.all(documents)) {
      for (var action : service.actions()) actions.put(action.endpoint().id(), action);
    }
    postgres
        .transactions()
        .tx(
            tx -> {
              Databases.prepare(tx, project);
              return 0;
            });
  }

  /** A change by a key, as a call of {@code name} makes it. */
  Change change(String name) {
    var endpoint = actions.get(name).endpoint();
    return new Change(endpoint, project, KEY, new Origin("1.2.3.4", "t", "r", 0, ""));
  }

  static Actor user(String id, String... roles) {
    var all = new LinkedHashSet<>(List.of(roles));
    all.addAll(List.of("any", "users", "users/verified", "user:" + id, "user:" + id + "/verified"));
    return new Actor.User(id, "s", all, Set.<Scope>of());
  }

  /**
   * {@code name} is {@code tablesDB.createRow}; {@code values} are names and JSON values in turn.
   */
  JsonObject as(Actor actor, String name, Object... values) {
    return as(actor, name, given(values));
  }

  private static Map<String, Object> given(Object... values) {
    var given = new HashMap<String, Object>();
    for (int i = 0; i < values.length; i += 2) {
      given.put((String) values[i], raw(values[i + 1]));
    }
    return given;
  }

  /** As a key, in database {@code default}. */
  JsonObject key(String name, Object... values) {
    return as(KEY, name, values);
  }

  JsonObject key(String name, Map<String, Object> values) {
    var given = new HashMap<String, Object>();
    values.forEach((key, value) -> given.put(key, raw(value)));
    return as(KEY, name, given);
  }

  JsonObject as(Actor actor, String name, Map<String, Object> given) {
    var value = answer(actor, name, given);
    var body = actions.get(name).endpoint().model().render(value);
    return body == null ? new JsonObject() : body.toJsonObject();
  }

  /** The ETag of what a key is answered. */
  String tag(String name, Object... values) {
    return actions.get(name).endpoint().model().tag(answer(KEY, name, given(values)));
  }

  private Object answer(Actor actor, String name, Map<String, Object> given) {
    var action = actions.get(name);
    var endpoint = action.endpoint();
    given.putIfAbsent("databaseId", "default");
    var values = new HashMap<String, Object>();
    for (Param<?> param : endpoint.params()) {
      if (!given.containsKey(param.name()) && !param.required()) continue;
      values.put(param.name(), param.read(given.get(param.name())));
    }
    var call = new Call(endpoint, project, actor, new Origin("1.2.3.4", "t", "r", 0, ""), values);
    try {
      return switch (action.work()) {
        case Handler<?> handler -> handler.handle(call);
        case AsyncHandler<?> handler -> handler.handle(call).await();
      };
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The type of the fault that a call ends with, or what it answered. */
  String fault(Actor actor, String name, Object... values) {
    try {
      return as(actor, name, values).encode();
    } catch (Failure failure) {
      return failure.fault().type();
    }
  }

  private static Object raw(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var json = new JsonObject();
        map.forEach((k, v) -> json.put((String) k, raw(v)));
        yield json;
      }
      case List<?> list -> {
        var json = new JsonArray();
        list.forEach(item -> json.add(raw(item)));
        yield json;
      }
      case null, default -> value;
    };
  }

  static List<String> ids(JsonObject list, String plural) {
    return list.getJsonArray(plural).stream().map(r -> ((JsonObject) r).getString("$id")).toList();
  }
}
