package dev.celadon.service;

import dev.celadon.api.Action;
import dev.celadon.api.Actor;
import dev.celadon.api.AsyncHandler;
import dev.celadon.api.Call;
import dev.celadon.api.Catalog;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Handler;
import dev.celadon.api.Model;
import dev.celadon.api.Origin;
import dev.celadon.api.Scope;
import dev.celadon.api.Service;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls services without a network: reads parameters by their rules, asks for a scope, runs the
 * handler and renders its answer, as the gateway and the bus do together.
 */
public final class Desk {

  private final Map<String, Action> actions;

  public Desk(Service... services) {
    Catalog.of(List.of(services));
    actions =
        Stream.of(services)
            .flatMap(service -> service.actions().stream())
            .collect(Collectors.toMap(action -> action.endpoint().id(), Function.identity()));
  }

  /** Somebody calling from somewhere. */
  public record Caller(Actor actor, String project, String team, String ip) {

    public Caller(Actor actor, String project, String team) {
      this(actor, project, team, "127.0.0.1");
    }

    /** A user of the console with these roles, in a project or in the console itself. */
    public static Caller admin(String project, String... roles) {
      var scopes = Set.of(Scope.values());
      return new Caller(new Actor.Admin("root", "s", Set.of(roles), scopes), project, "");
    }

    public static Caller key(String project, Scope... scopes) {
      return new Caller(new Actor.Key("k", Set.of(scopes)), project, "");
    }

    public static Caller guest(String project) {
      return new Caller(new Actor.Guest(Set.of(Scope.PUBLIC)), project, "");
    }

    public Caller of(String team) {
      return new Caller(actor, project, team, ip);
    }

    public Caller at(String ip) {
      return new Caller(actor, project, team, ip);
    }
  }

  /** The body of the answer; throws the {@link Failure} that a client would be told of. */
  public JsonObject call(Caller caller, String id, Map<String, Object> raw) throws Exception {
    var action = actions.get(id);
    var endpoint = action.endpoint();
    if (!endpoint.scopes().contains(Scope.PUBLIC)
        && endpoint.scopes().stream().noneMatch(caller.actor.scopes()::contains)) {
      throw Failure.with(Fault.UNAUTHORIZED_SCOPE, "the caller", endpoint.scopes());
    }
    var values = new HashMap<String, Object>();
    for (var param : endpoint.params()) {
      var given =
          param.name().equals("projectId") && raw.get("projectId") == null
              ? caller.project
              : raw.get(param.name());
      var value = param.read(given);
      if (value != null) values.put(param.name(), value);
    }
    var origin = new Origin(caller.ip, "test", "r", 0, caller.team);
    var call = new Call(endpoint, caller.project, caller.actor, origin, values);
    var answer =
        switch (action.work()) {
          case Handler<?> waits -> waits.handle(call);
          case AsyncHandler<?> composes -> composes.handle(call).await();
        };
    var model = endpoint.model();
    return model.kind() == Model.Kind.TEXT
        ? new JsonObject().put("text", answer)
        : model.renderJson(answer);
  }

  /** The wire type of the fault that a call is answered with. */
  public String fault(Caller caller, String id, Map<String, Object> raw) throws Exception {
    try {
      var answer = call(caller, id, raw);
      throw new AssertionError(id + " should have been refused: " + answer);
    } catch (Failure failure) {
      return failure.fault().type();
    }
  }
}
