package dev.celadon.gateway;

import dev.celadon.api.Download;
import dev.celadon.api.Source;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes an answer while it is made: while one piece is on its way the next is fetched, and no
 * more. A client must take each piece within {@link Settings#idleTimeoutS} or is cut off; what goes
 * wrong in the middle cuts it off too, so that it does not take a part for the whole.
 */
final class Outgoing {

  private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);

  private static final int SLICE_BYTES = 128 * 1024;

  private final Context loop;
  private final HttpServerRequest request;
  private final Source rest;
  private final Connections connections;

  private Outgoing(HttpServerRequest request, Source rest, Connections connections) {
    this.loop = Vertx.currentContext();
    this.request = request;
    this.rest = rest;
    this.connections = connections;
  }

  /** Writes a file; to be called on the request's event loop. */
  static void send(HttpServerRequest request, Download download, Connections connections) {
    var response = request.response();
    if (response.ended() || response.closed()) return;
    response
        .putHeader("Content-Type", download.type())
        .putHeader("Content-Disposition", "attachment; filename=\"" + download.file() + "\"")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .setChunked(true);
    new Outgoing(request, download.rest(), connections).write(download.first());
  }

  /** Writes a long body, of which the system else would make a copy. */
  static void send(HttpServerRequest request, Buffer body, Connections connections) {
    request.response().putHeader("Content-Length", Integer.toString(body.length()));
    new Outgoing(request, slices(body), connections).write(Buffer.buffer());
  }

  private static Source slices(Buffer body) {
    var at = new AtomicInteger();
    return () -> {
      int from = at.getAndAdd(SLICE_BYTES);
      int end = Math.min(body.length(), from + SLICE_BYTES);
      return Future.succeededFuture(from < end ? body.slice(from, end) : null);
    };
  }

  private void write(@Nullable Buffer piece) {
    var response = request.response();
    if (response.closed()) return;
    if (piece == null) {
      response.end();
      return;
    }
    connections.writing(request.connection());
    Future<Void> written = piece.length() == 0 ? Future.succeededFuture() : response.write(piece);
    var next = rest.next();
    written
        .onSuccess(
            taken -> {
              connections.busy(request.connection());
              // Not from within the last write: hundreds of them would not fit on the stack.
              next.onSuccess(more -> loop.runOnContext(go -> write(more))).onFailure(this::cut);
            })
        // The client has gone; nobody is to be told.
        .onFailure(gone -> request.connection().close());
  }

  private void cut(Throwable failure) {
    LOG.warn("{} {} is cut off: {}", request.method(), request.path(), failure.toString());
    request.connection().close();
  }
}
