package dev.celadon.gateway;

import dev.celadon.api.Download;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
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

  private final HttpServerRequest request;
  private final Download download;
  private final Connections connections;

  Outgoing(HttpServerRequest request, Download download, Connections connections) {
    this.request = request;
    this.download = download;
    this.connections = connections;
  }

  /** Writes all of it; to be called on the request's event loop. */
  void send(int status) {
    var response = request.response();
    if (response.ended() || response.closed()) return;
    response
        .setStatusCode(status)
        .putHeader("Content-Type", download.type())
        .putHeader("Content-Disposition", "attachment; filename=\"" + download.file() + "\"")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .setChunked(true);
    write(download.first());
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
    var next = download.rest().next();
    written
        .onSuccess(
            taken -> {
              connections.busy(request.connection());
              next.onSuccess(this::write).onFailure(this::cut);
            })
        // The client has gone; nobody is to be told.
        .onFailure(gone -> request.connection().close());
  }

  private void cut(Throwable failure) {
    LOG.warn("{} {} is cut off: {}", request.method(), request.path(), failure.toString());
    request.connection().close();
  }
}
