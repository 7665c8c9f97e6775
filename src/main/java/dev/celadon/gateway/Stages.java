package dev.celadon.gateway;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Param;
import dev.celadon.api.Upload;
import dev.celadon.bus.Envelope;
import dev.celadon.bus.Reply;
import dev.celadon.bus.Services;
import dev.celadon.domain.projects.Access;
import dev.celadon.security.Authenticator;
import dev.celadon.security.Credentials;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What every call passes, in the order that clients of the protocol expect: match, project, caller
 * and origin, switch, scope, limit, validate, dispatch. So 401 and 429 win over 400.
 */
final class Stages {

  /** A service that the protocol has and this server not: whoever calls it is told that. */
  private static final String VECTORS = "/v1/vectorsdb/";

  private final RouteTable routes;
  private final Authenticator authenticator;
  private final Origins origins;
  private final Limits limits;
  private final Services services;
  private final Settings settings;

  Stages(Front front, Settings settings) {
    this.routes = new RouteTable(front.catalog());
    this.authenticator = front.authenticator();
    this.origins = front.origins();
    this.limits = new Limits(front.limiter(), settings.limits());
    this.services = front.services();
    this.settings = settings;
  }

  /** The exchange for a request, or a failure when nothing is served there. */
  Exchange match(HttpServerRequest request) {
    var match = routes.find(request.method(), Metrics.path(request));
    if (match == null) throw nowhere(request.path());
    return new Exchange(request, match, Peer.of(request, settings));
  }

  private static Failure nowhere(@Nullable String path) {
    boolean absent = path != null && (path + '/').startsWith(VECTORS);
    return absent
        ? Failure.with(Fault.SERVICE_DISABLED, "vectorsDB")
        : Failure.with(Fault.ROUTE_NOT_FOUND);
  }

  /** The body of a request, in one of the two forms that an endpoint may want. */
  interface Inbound {

    /** Reads it whole. */
    Future<JsonObject> json();

    /** Leaves it to the service, which reads it while it comes. */
    Upload upload();
  }

  /**
   * Everything after the match.
   *
   * @param inbound the body, where the endpoint wants one
   */
  Future<Reply> run(Exchange exchange, Inbound inbound) {
    return authenticator
        .access(exchange.project())
        .compose(access -> identify(exchange, access))
        .compose(access -> body(exchange, inbound))
        .compose(body -> limits.check(exchange))
        .compose(admitted -> dispatch(exchange));
  }

  private Future<Access> identify(Exchange exchange, Access access) {
    var request = exchange.request();
    var credentials =
        Metrics.wanted(exchange.endpoint())
            ? Credentials.NONE
            : Credentials.of(request, exchange.project(), exchange.administers());
    return authenticator
        .caller(access, credentials)
        .map(
            caller -> {
              exchange.caller(caller);
              checkOrigin(request, access, caller.keyed());
              exchange.checkSwitch(access);
              exchange.checkScope();
              return access;
            });
  }

  private void checkOrigin(HttpServerRequest request, Access access, boolean keyed) {
    var origin = request.getHeader("Origin");
    if (origin == null) return;
    boolean allowed = origins.allowed(origin, access.hosts(), request.getHeader("Host"));
    if (allowed) Origins.admit(origin, request.response().headers());
    else if (!keyed) throw Failure.with(Fault.UNKNOWN_ORIGIN, shortened(origin));
  }

  private static String shortened(String origin) {
    return origin.length() > 100 ? origin.substring(0, 100) + "…" : origin;
  }

  private static Future<?> body(Exchange exchange, Inbound inbound) {
    if (!exchange.endpoint().takes().isEmpty()) {
      exchange.upload(inbound.upload());
      return Future.succeededFuture();
    }
    boolean wanted =
        exchange.endpoint().params().stream().anyMatch(param -> param.in() == Param.In.BODY);
    if (wanted) return inbound.json().onSuccess(exchange::body);
    exchange.request().resume();
    return Future.succeededFuture();
  }

  private Future<Reply> dispatch(Exchange exchange) {
    var values = exchange.validated();
    var token = authenticator.internal(exchange.caller().actor(), exchange.project());
    return services.request(new Envelope(exchange.endpoint(), exchange.origin(), values, token));
  }
}
