package dev.celadon.gateway;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Who is at the other end of the connection.
 *
 * @param ip the client's address, beyond the proxies that are trusted
 * @param secure whether the client came over TLS
 * @param timeoutMs the database time that the client allows; 0 if it says nothing
 */
record Peer(String ip, String userAgent, boolean secure, String requestId, int timeoutMs) {

  private static final int MAX_AGENT = 1_024;

  static Peer of(HttpServerRequest request, Settings settings) {
    return new Peer(
        ip(request, settings.trustedProxyHops()),
        agent(request),
        secure(request, settings),
        Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE),
        timeout(request, settings.requestTimeoutMs()));
  }

  /** The rightmost entries of X-Forwarded-For were written by our own proxies; none else count. */
  static String ip(HttpServerRequest request, int hops) {
    var address = request.remoteAddress().hostAddress();
    var direct = address == null ? "" : address;
    if (hops == 0) return direct;
    var forwarded = String.join(",", request.headers().getAll("X-Forwarded-For")).split(",");
    var claimed = forwarded.length < hops ? "" : forwarded[forwarded.length - hops].strip();
    return claimed.isEmpty() || claimed.length() > 45 ? direct : claimed;
  }

  private static String agent(HttpServerRequest request) {
    var agent = request.getHeader("User-Agent");
    if (agent == null) return "";
    return agent.length() > MAX_AGENT ? agent.substring(0, MAX_AGENT) : agent;
  }

  private static boolean secure(HttpServerRequest request, Settings settings) {
    if (request.isSSL() || settings.publicUrl().startsWith("https:")) return true;
    return settings.trustedProxyHops() > 0
        && "https".equals(request.getHeader("X-Forwarded-Proto"));
  }

  private static int timeout(HttpServerRequest request, int most) {
    var header = request.getHeader("X-Appwrite-Timeout");
    if (header == null || header.length() > 9) return 0;
    try {
      return Math.clamp(Integer.parseInt(header), 0, most);
    } catch (NumberFormatException malformed) {
      return 0;
    }
  }
}
