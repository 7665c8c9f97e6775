package dev.celadon.realtime;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.event.LogReader;
import dev.celadon.event.Logged;
import dev.celadon.event.Positions;
import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The doors of realtime: {@link #upgrade} for WebSocket and {@link #events} for Server-Sent Events.
 * Requests may come on any number of event loops; a connection stays on the one it came on.
 */
public final class Realtime {

  private static final Logger LOG = LoggerFactory.getLogger(Realtime.class);
  private static final int CLOSING_SECONDS = 5;

  private final Doorman doorman;
  private final LogReader reader;
  private final Positions history;
  private final Limits limits;
  private final Arrivals arrivals;
  private final Map<EventLoop, Hub> hubs = new ConcurrentHashMap<>();

  /**
   * @param reader the node's; realtime listens to it, and is to be made before it starts
   * @param history for replays; its readings should be small, since a client has to take them
   */
  public Realtime(Doorman doorman, LogReader reader, Positions history, Limits limits) {
    this.doorman = doorman;
    this.reader = reader;
    this.history = history;
    this.limits = limits;
    this.arrivals = new Arrivals(limits.connections());
    reader.listen(new Delivery());
  }

  /** What the HTTP server must be told: bounds of frames, and no compression. */
  public static HttpServerOptions options(HttpServerOptions options) {
    return options
        .setMaxWebSocketFrameSize(Limits.MESSAGE_BYTES)
        .setMaxWebSocketMessageSize(Limits.MESSAGE_BYTES)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setRegisterWebSocketWriteHandlers(false)
        .setWebSocketClosingTimeout(CLOSING_SECONDS);
  }

  /** How many connections this node holds. */
  public int connections() {
    return hubs.values().stream().mapToInt(Hub::size).sum();
  }

  /** Sends every client away, to come back to another node and resume there. */
  public void close() {
    hubs.values().forEach(hub -> hub.run(hub::close));
  }

  /** {@code GET /v1/realtime}: becomes a WebSocket. Call it before the request's body is read. */
  public void upgrade(HttpServerRequest request) {
    if (!request.canUpgradeToWebSocket()) {
      fail(request.response(), Failure.of(Fault.BAD_REQUEST, "This path speaks WebSocket only."));
      return;
    }
    request
        .toWebSocket()
        .onSuccess(socket -> opened(request, socket))
        .onFailure(refused -> LOG.debug("no WebSocket", refused));
  }

  private void opened(HttpServerRequest request, ServerWebSocket socket) {
    var channel = ((ConnectionBase) request.connection()).channelHandlerContext().channel();
    var connection = new Connection(hub(), new SocketWire(socket, Gathering.on(channel)));
    if (!arrivals.admit(doorman.address(request))) {
      var failure = Failure.with(Fault.REALTIME_TOO_MANY_MESSAGES);
      connection.refuse(Frames.TOO_MANY, failure.text());
      return;
    }
    // Nothing the client says is heard before it is known who it is.
    socket.pause();
    Runnable deafen = () -> channel.config().setAutoRead(false);
    socket.frameHandler(new SocketReader(connection, deafen)::frame);
    socket.pongHandler(pong -> connection.heard());
    socket.exceptionHandler(broken -> LOG.debug("a socket broke", broken));
    socket.closeHandler(gone -> connection.ended());
    var entry = new Entry(connection, request, request.getParam("since", ""));
    entry.enter(socket::resume, connection::refuse);
  }

  /** {@code GET /v1/realtime/events}: the same events as Server-Sent Events. */
  public void events(HttpServerRequest request) {
    var response = request.response();
    if (!arrivals.admit(doorman.address(request))) {
      fail(response, Failure.with(Fault.RATE_LIMIT_EXCEEDED));
      return;
    }
    var connection = new Connection(hub(), new StreamWire(response));
    response.exceptionHandler(broken -> LOG.debug("a stream broke", broken));
    response.closeHandler(gone -> connection.ended());
    response.putHeader("Content-Type", "text/event-stream; charset=utf-8");
    response.putHeader("Cache-Control", "no-store").putHeader("X-Accel-Buffering", "no");
    response.setChunked(true);
    var last = request.getHeader("Last-Event-ID");
    var entry = new Entry(connection, request, last == null ? request.getParam("since", "") : last);
    entry.enter(
        () -> {},
        failure -> {
          fail(response, failure);
          connection.ended();
        });
  }

  private static void fail(HttpServerResponse response, Failure failure) {
    if (response.headWritten() || response.closed()) return;
    int status = failure.fault().status();
    response
        .setStatusCode(status < 600 ? status : 403)
        .putHeader("Content-Type", "application/json")
        .setChunked(false)
        .end(failure.toJson().toBuffer());
  }

  private Hub hub() {
    var here = ContextInternal.current();
    return hubs.computeIfAbsent(
        here.nettyEventLoop(),
        loop -> {
          var own = here.owner().contextBuilder().withEventLoop(loop).build();
          return new Hub(own, doorman, reader, history, limits);
        });
  }

  /** Hands what the reader has read to every event loop. */
  private final class Delivery implements LogReader.Listener {

    @Override
    public void events(List<Logged> events) {
      var published = new ArrayList<Published>(events.size());
      for (var event : events) {
        try {
          published.add(new Published(event));
        } catch (RuntimeException e) {
          LOG.error("event {} of {} has no names: skipped", event.id(), event.project(), e);
        }
      }
      hubs.values().forEach(hub -> hub.run(() -> hub.deliver(published)));
    }

    @Override
    public void gap() {
      hubs.values().forEach(hub -> hub.run(hub::gap));
    }
  }
}
