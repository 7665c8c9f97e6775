package dev.celadon.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * What the parser lets pass although two servers in a row could read it differently (RFC 9112, 3.2
 * and 6.3): where a request ends and whom it is for must be said once.
 */
final class Framing {

  static boolean ambiguous(HttpServerRequest request) {
    var headers = request.headers();
    var codings = headers.getAll("Transfer-Encoding");
    if (codings.size() > 1) return true;
    if (!codings.isEmpty() && !codings.getFirst().equalsIgnoreCase("chunked")) return true;
    int hosts = headers.getAll("Host").size();
    return hosts > 1 || (hosts == 0 && request.version() != HttpVersion.HTTP_1_0);
  }

  private Framing() {}
}
