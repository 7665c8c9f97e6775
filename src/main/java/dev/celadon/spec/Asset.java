package dev.celadon.spec;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bytes that stay the same while the server runs, and the headers they travel under.
 *
 * @param caching the value of {@code Cache-Control}
 * @param tag a strong entity tag, quoted
 */
record Asset(Buffer body, String type, String caching, String tag) {

  static Asset of(Buffer body, String type, String caching) {
    return new Asset(body, type, caching, tag(body));
  }

  /** Answers a GET with the body, a HEAD without it, and either with 304 if the client has it. */
  void send(HttpServerRequest request) {
    var response = request.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, caching)
        .putHeader(HttpHeaders.ETAG, tag)
        .putHeader("X-Content-Type-Options", "nosniff");
    var known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    if (known != null && known.contains(tag)) {
      response.setStatusCode(304).end();
    } else if (request.method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length())).end();
    } else {
      response.end(body);
    }
  }

  private static String tag(Buffer body) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes());
      return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
