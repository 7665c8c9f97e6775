package dev.celadon;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.domain.projects.Access;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.Users;
import dev.celadon.gateway.Origins;
import dev.celadon.realtime.Doorman;
import dev.celadon.realtime.Visitor;
import dev.celadon.security.Authenticator;
import dev.celadon.security.Credentials;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;

/** Lets visitors into realtime by the same rules as callers into the API. */
record Entrance(
    Authenticator authenticator,
    Users users,
    Origins origins,
    Function<HttpServerRequest, String> addresses)
    implements Doorman {

  private static final String CONSOLE = "console";

  @Override
  public Future<Visitor> admit(HttpServerRequest request) {
    Credentials credentials;
    var project = project(request);
    try {
      credentials = Credentials.ofUrl(request, project);
    } catch (Failure refused) {
      return Future.failedFuture(refused);
    }
    return authenticator
        .access(project)
        .compose(
            access ->
                authenticator
                    .caller(access, credentials)
                    .compose(
                        caller -> {
                          check(request, access, caller.keyed());
                          return visitor(project, caller.actor());
                        }));
  }

  private static String project(HttpServerRequest request) {
    var named = request.getParam("project");
    if (named == null) named = request.getHeader("X-Appwrite-Project");
    return named == null || named.isEmpty() ? CONSOLE : named;
  }

  private void check(HttpServerRequest request, Access access, boolean keyed) {
    var origin = request.getHeader("Origin");
    if (origin != null) {
      boolean known = origins.allowed(origin, access.hosts(), request.getHeader("Host"));
      if (!known && !keyed) throw Failure.with(Fault.UNKNOWN_ORIGIN, origin);
      // A stream of events is read like any other answer; a WebSocket pays no heed to this.
      if (known) Origins.admit(request);
    }
    if (access.protocolsOff().contains("websocket") && !keyed) {
      throw Failure.with(Fault.API_DISABLED, "websocket");
    }
  }

  private Future<Visitor> visitor(String project, Actor actor) {
    return switch (actor) {
      case Actor.User user ->
          users
              .getAsync(project, user.id())
              .map(found -> new Visitor(project, user, UserModels.ACCOUNT.renderJson(found)));
      case Actor.Admin admin ->
          users
              .getAsync(CONSOLE, admin.id())
              .map(found -> new Visitor(project, admin, UserModels.ACCOUNT.renderJson(found)));
      default -> Future.succeededFuture(new Visitor(project, actor, null));
    };
  }

  @Override
  public Future<Visitor> authenticate(Visitor visitor, String session) {
    return authenticator
        .access(visitor.project())
        .compose(access -> authenticator.caller(access, new Credentials("", session, "", false)))
        .compose(
            caller -> {
              if (caller.actor() instanceof Actor.Guest) {
                throw Failure.with(Fault.USER_SESSION_NOT_FOUND);
              }
              return visitor(visitor.project(), caller.actor());
            });
  }

  @Override
  public Future<Visitor> refresh(Visitor visitor) {
    return authenticator
        .again(visitor.project(), visitor.actor())
        .map(actor -> new Visitor(visitor.project(), actor, visitor.account()));
  }

  @Override
  public String address(HttpServerRequest request) {
    return addresses.apply(request);
  }
}
