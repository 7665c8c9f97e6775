package dev.celadon.gateway;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of the connection.
 *
 * @param ip the client's address, beyond the proxies that are trusted
 * @param secure whether the client came over TLS
 * @param timeoutMs the database time that the client allows; 0 if it says nothing
 */
record Peer(String ip, String userAgent, boolean secure, String requestId, int timeoutMs) {

  private static final int MAX_AGENT = 1_024;
  private static final int MAX_ADDRESS = 45;

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
    var known = parsed(claimed);
    return known == null ? direct : known.getHostAddress();
  }

  /** What limits count by: of IPv6 the first half, since whoever has one address there has many. */
  static String network(String ip) {
    if (ip.indexOf(':') < 0) return ip;
    var parsed = parsed(ip);
    if (parsed == null || parsed.getAddress().length != 16) return ip;
    return HexFormat.of().formatHex(parsed.getAddress(), 0, 8);
  }

  private static @Nullable InetAddress parsed(String literal) {
    if (literal.isEmpty() || literal.length() > MAX_ADDRESS) return null;
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
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
