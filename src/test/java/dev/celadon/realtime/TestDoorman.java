package dev.celadon.realtime;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Scope;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A small doorman: sessions in a map, one project, one origin. */
public final class TestDoorman implements Doorman {

  private final Map<String, Actor> sessions = new ConcurrentHashMap<>();
  volatile boolean away;

  /** Signs a user in; the session's secret is the user's id. */
  public void user(String id, String... roles) {
    Set<String> all = new HashSet<>(List.of(roles));
    all.addAll(List.of("any", "users", "user:" + id));
    sessions.put(id, new Actor.User(id, "session-" + id, all, Set.of()));
  }

  public void key(String id, Scope... scopes) {
    sessions.put(id, new Actor.Key(id, Set.of(scopes)));
  }

  public void revoke(String id) {
    sessions.remove(id);
  }

  @Override
  public Future<Visitor> admit(HttpServerRequest request) {
    if (away) return Future.failedFuture(new IllegalStateException("away"));
    var project = request.getParam("project", "");
    if (!project.equals("p") && !project.equals("q")) {
      return refused(Failure.with(Fault.PROJECT_NOT_FOUND, project));
    }
    var origin = request.getHeader("Origin");
    if (origin != null && !origin.equals("http://localhost")) {
      return refused(Failure.of(Fault.UNKNOWN_ORIGIN, "The origin is no platform."));
    }
    var cookie = request.getCookie("a_session_" + project);
    var secret = cookie != null ? cookie.getValue() : request.getParam("jwt", "");
    if (secret.isEmpty())
      return Future.succeededFuture(visitor(project, new Actor.Guest(Set.of())));
    return of(project, secret);
  }

  @Override
  public Future<Visitor> authenticate(Visitor visitor, String session) {
    return of(visitor.project(), session);
  }

  @Override
  public Future<Visitor> refresh(Visitor visitor) {
    if (away) return Future.failedFuture(new IllegalStateException("away"));
    if (visitor.actor() instanceof Actor.Guest) return Future.succeededFuture(visitor);
    return of(visitor.project(), visitor.actor().id());
  }

  private Future<Visitor> of(String project, String secret) {
    var actor = sessions.get(secret);
    return actor == null
        ? refused(Failure.of(Fault.ACCESS_FORBIDDEN, "The session has ended."))
        : Future.succeededFuture(visitor(project, actor));
  }

  private static Visitor visitor(String project, Actor actor) {
    var account = actor instanceof Actor.User user ? new JsonObject().put("$id", user.id()) : null;
    return new Visitor(project, actor, account);
  }

  private static Future<Visitor> refused(Failure failure) {
    return Future.failedFuture(failure);
  }
}
