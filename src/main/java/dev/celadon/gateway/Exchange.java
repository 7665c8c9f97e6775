package dev.celadon.gateway;

import dev.celadon.api.Actor;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Origin;
import dev.celadon.api.Param;
import dev.celadon.api.Upload;
import dev.celadon.bus.Services;
import dev.celadon.domain.projects.Access;
import dev.celadon.security.Caller;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request on its way through the stages: what is known of it so far. Confined to its loop. */
final class Exchange {

  private final HttpServerRequest request;
  private final RouteTable.Match match;
  private final Peer peer;
  private final Map<String, Object> query;
  private final Target target;
  private JsonObject body = new JsonObject();
  private @Nullable Caller caller;
  private @Nullable Upload upload;

  Exchange(HttpServerRequest request, RouteTable.Match match, Peer peer) {
    this.request = request;
    this.match = match;
    this.peer = peer;
    this.query = QueryString.parse(request.query());
    this.target = Target.of(request, match, query);
  }

  HttpServerRequest request() {
    return request;
  }

  Endpoint endpoint() {
    return match.endpoint();
  }

  /** The project that the call is about. */
  String project() {
    return target.project();
  }

  /** Whether the path itself asks for an administrator. */
  boolean administers() {
    return target.administers();
  }

  boolean secure() {
    return peer.secure();
  }

  Caller caller() {
    if (caller == null) throw new IllegalStateException("the caller is not known yet");
    return caller;
  }

  Peer peer() {
    return peer;
  }

  void body(JsonObject body) {
    this.body = body;
  }

  /** The body comes while the call runs. */
  void upload(Upload upload) {
    this.upload = upload;
  }

  void caller(Caller caller) {
    this.caller = caller;
  }

  /** What the path names, however it was written: by an older path, percent-encoded or not. */
  String place() {
    var place = new StringBuilder();
    for (var param : endpoint().params()) {
      if (param.in() == Param.In.PATH) {
        var value = String.valueOf(match.values().get(param.name()));
        place.append('/').append(value.length()).append(':').append(value);
      }
    }
    return place.toString();
  }

  /** The stage "switch": a service off for the project refuses users and guests. */
  void checkSwitch(Access access) {
    if (caller().actor().privileged()) return;
    var service = Services.key(endpoint().service());
    if (access.servicesOff().contains(service)) {
      throw Failure.with(Fault.SERVICE_DISABLED, endpoint().service());
    }
    if (access.protocolsOff().contains("rest")) throw Failure.with(Fault.API_DISABLED, "rest");
  }

  /** The stage "scope": any one of the endpoint's scopes suffices. */
  void checkScope() {
    var held = caller().actor().scopes();
    for (var scope : endpoint().scopes()) {
      if (held.contains(scope)) return;
    }
    var who =
        switch (caller().actor()) {
          case Actor.Guest guest -> "A guest";
          case Actor.User user -> "A user";
          case Actor.Key key -> "This key";
          case Actor.Admin admin -> "This administrator";
          case Actor.Machine machine -> "The system";
        };
    var wanted =
        String.join(" or ", endpoint().scopes().stream().map(s -> s.wire()).sorted().toList());
    throw Failure.with(Fault.UNAUTHORIZED_SCOPE, who, wanted);
  }

  /** The raw value of a parameter, or null; used where a limit counts by a parameter. */
  @Nullable Object raw(Param<?> param) {
    return switch (param.in()) {
      case PATH -> match.values().get(param.name());
      case QUERY -> query.get(param.name());
      case HEADER -> request.getHeader(param.name());
      case BODY -> body.getValue(param.name());
    };
  }

  /** The stage "validate": every declared parameter in its accepted form. */
  Map<String, Object> validated() {
    var params = endpoint().params();
    if (params.isEmpty()) return Map.of();
    var values = HashMap.<String, Object>newHashMap(params.size());
    for (var param : params) {
      var raw = raw(param);
      var value = param.read(raw);
      if (value != null || (param.in() == Param.In.BODY && body.containsKey(param.name()))) {
        put(values, param.name(), value);
      }
    }
    if (upload != null) upload.among(values);
    return values;
  }

  /** An explicit null is kept: an update tells it from an absent parameter. */
  @SuppressWarnings("NullAway")
  private static void put(Map<String, Object> values, String name, @Nullable Object value) {
    values.put(name, value);
  }

  Origin origin() {
    return new Origin(
        peer.ip(), peer.userAgent(), peer.requestId(), peer.timeoutMs(), target.team(caller()));
  }
}
