package dev.celadon.gateway;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server. One instance an event loop; they share a port. Requests for the API run through
 * {@link Stages}; a few whole paths (realtime, the documents of the API) are mounted as they are.
 */
public final class Gateway extends VerticleBase {

  private static final Set<HttpMethod> METHODS =
      Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

  /** How long requests may take to finish when the server stops, in seconds. */
  private static final int GRACE_S = 20;

  private final Door door;
  private final Settings settings;
  private final Stages stages;
  private final Answers answers;
  private final Connections connections;
  private final Bodies bodies;
  private @Nullable HttpServer server;

  /**
   * What all instances share.
   *
   * @param base options of the server that others set: what WebSockets may carry
   */
  public record Door(
      Settings settings, Front front, HttpServerOptions base, Clock clock, Shared shared) {

    /** The port that is listened on. */
    public int port() {
      return shared.port.get();
    }
  }

  /** What the instances have to agree on: one port, the room for bodies, the crowd. */
  public record Shared(AtomicInteger port, Room room, Crowd crowd) {
    public static Shared of(Settings settings) {
      return new Shared(
          new AtomicInteger(settings.port()),
          Room.ofHeap(settings.maxBodyBytes()),
          new Crowd(settings.maxConnections()));
    }
  }

  public Gateway(Door door) {
    this.door = door;
    this.settings = door.settings();
    this.stages = new Stages(door.front(), settings);
    this.bodies = new Bodies(settings, door.shared().room());
    this.connections = new Connections(door.clock(), settings, door.shared().crowd());
    this.answers = new Answers(door.clock(), connections);
  }

  /** What tells clients apart where they are counted: the network beyond the trusted proxies. */
  public static String address(HttpServerRequest request, int hops) {
    return Peer.network(Peer.ip(request, hops));
  }

  @Override
  public Future<?> start() {
    connections.watch(vertx);
    return vertx
        .createHttpServer(options())
        .connectionHandler(connections::opened)
        .requestHandler(this::serve)
        .invalidRequestHandler(Gateway::unreadable)
        .listen(port(), settings.host())
        .onSuccess(
            opened -> {
              server = opened;
              door.shared().port().set(opened.actualPort());
            });
  }

  /** Takes no more requests and lets those that are under way finish. */
  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.shutdown(GRACE_S, TimeUnit.SECONDS);
  }

  /** A negative number asks for one port of the system's choice for all instances together. */
  private int port() {
    return settings.port() == 0 ? -1 : settings.port();
  }

  private HttpServerOptions options() {
    return new HttpServerOptions(door.base())
        .setIdleTimeout(settings.idleTimeoutS())
        .setMaxHeaderSize(settings.maxHeaderBytes())
        .setMaxInitialLineLength(settings.maxUriBytes())
        .setHttp2ClearTextEnabled(false)
        .setTcpNoDelay(true)
        .setTcpFastOpen(false)
        .setReuseAddress(true)
        .setAcceptBacklog(1_024);
  }

  private static void unreadable(HttpServerRequest request) {
    request.response().putHeader("Connection", "close");
    Answers.refuse(request, Failure.with(Fault.BAD_REQUEST, "this is not an HTTP request we read"));
  }

  private void serve(HttpServerRequest request) {
    connections.busy(request.connection());
    request.response().endHandler(end -> connections.answered(request));
    if (Framing.ambiguous(request)) {
      unreadable(request);
      return;
    }
    if (connections.surplus(request.connection())) {
      request.response().putHeader("Connection", "close");
      Answers.refuse(request, Failure.with(Fault.BUSY));
      return;
    }
    if (request.method().equals(HttpMethod.OPTIONS)) {
      Origins.preflight(request);
      return;
    }
    var mount = mount(request.path());
    if (mount == null) api(request);
    else if (!Bodies.present(request)) mount.handle(request);
    else Answers.refuse(request, Failure.with(Fault.BAD_REQUEST, "nothing is to be sent here"));
  }

  private void api(HttpServerRequest request) {
    Exchange exchange;
    try {
      if (!METHODS.contains(request.method())) {
        throw Failure.with(Fault.NOT_IMPLEMENTED, request.method().name());
      }
      exchange = stages.match(request);
    } catch (RuntimeException error) {
      Answers.refuse(request, error);
      return;
    }
    long startNs = System.nanoTime();
    request.response().putHeader("X-Request-Id", exchange.peer().requestId());
    request.pause();
    Promise<Void> answered = Promise.promise();
    stages
        .run(exchange, bodies.inbound(vertx, request, answered.future()))
        .onSuccess(reply -> answers.write(exchange, reply))
        .onFailure(error -> Answers.refuse(request, error))
        .onComplete(
            result -> {
              answered.complete();
              int status = request.response().getStatusCode();
              door.front().traffic().answered(exchange.endpoint(), status, startNs);
            });
  }

  private @Nullable Handler<HttpServerRequest> mount(String path) {
    var exact = door.front().mounts().get(path);
    if (exact != null || !path.startsWith("/docs")) return exact;
    int slash = path.indexOf('/', 1);
    return slash < 0 ? null : door.front().mounts().get(path.substring(0, slash) + "/*");
  }
}
