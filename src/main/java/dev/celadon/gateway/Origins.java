package dev.celadon.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which browsers may call: an {@code Origin} must belong to a platform of the project. Speaks CORS
 * (Fetch standard) to those that do.
 */
public final class Origins {

  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
  private static final String HEADERS =
      "Accept, Authorization, Cache-Control, Content-Range, Content-Type, Origin, Range,"
          + " If-Match, If-None-Match, Last-Event-ID, X-Appwrite-Project, X-Appwrite-Key,"
          + " X-Appwrite-Dev-Key, X-Appwrite-Locale, X-Appwrite-Mode, X-Appwrite-JWT,"
          + " X-Appwrite-Response-Format, X-Appwrite-Timeout, X-Appwrite-ID,"
          + " X-Appwrite-Timestamp, X-Appwrite-Session, X-Appwrite-Organization,"
          + " X-Appwrite-Platform, X-Appwrite-Cookie, X-SDK-Version, X-SDK-Name,"
          + " X-SDK-Language, X-SDK-Platform, X-SDK-GraphQL, X-SDK-Profile,"
          + " X-Fallback-Cookies, X-Requested-With";
  private static final String EXPOSED =
      "X-Fallback-Cookies, X-Appwrite-Session, X-RateLimit-Limit, X-RateLimit-Remaining,"
          + " X-RateLimit-Reset, Content-Range, ETag, X-Request-Id";

  private final boolean localAllowed;

  public Origins(boolean localAllowed) {
    this.localAllowed = localAllowed;
  }

  /**
   * Whether a page of {@code origin} may call a project with web platforms on {@code hosts}; also
   * true for a page that this very server served, as its own address tells.
   */
  public boolean allowed(String origin, List<String> hosts, @Nullable String ownHost) {
    var uri = parsed(origin);
    if (uri == null) return false;
    var host = uri.getHost().toLowerCase(Locale.ROOT);
    if (localAllowed && LOCAL.contains(host)) return true;
    if (ownHost != null && ownHost.equalsIgnoreCase(uri.getRawAuthority())) return true;
    return hosts.stream().anyMatch(pattern -> matches(host, pattern.toLowerCase(Locale.ROOT)));
  }

  private static @Nullable URI parsed(String origin) {
    try {
      var uri = new URI(origin);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null && uri.getRawUserInfo() == null ? uri : null;
    } catch (URISyntaxException malformed) {
      return null;
    }
  }

  /** {@code *} alone is any host; {@code *.example.org} any below it, not the domain itself. */
  private static boolean matches(String host, String pattern) {
    if (pattern.equals("*")) return true;
    if (!pattern.startsWith("*.")) return host.equals(pattern);
    return host.endsWith(pattern.substring(1)) && host.length() > pattern.length() - 1;
  }

  /** Lets the page that a request came from, if any, read the answer: even if it is a refusal. */
  public static void admit(HttpServerRequest request) {
    var origin = request.getHeader("Origin");
    if (origin != null && parsed(origin) != null) admit(origin, request.response().headers());
  }

  /** Lets the page of an allowed origin read the answer. */
  static void admit(String origin, MultiMap headers) {
    headers
        .set("Access-Control-Allow-Origin", origin)
        .set("Access-Control-Allow-Credentials", "true")
        .set("Access-Control-Expose-Headers", EXPOSED)
        .set("Vary", "Origin");
  }

  /**
   * Answers a preflight. It names no project (browsers send no own headers with it), so it admits
   * every web page, but not {@code null} or files, which are none; the call itself is checked.
   * checked.
   */
  static void preflight(HttpServerRequest request) {
    var origin = request.getHeader("Origin");
    var response = request.response();
    if (origin != null && parsed(origin) != null) {
      admit(origin, response.headers());
      response
          .putHeader("Access-Control-Allow-Methods", METHODS)
          .putHeader("Access-Control-Allow-Headers", HEADERS)
          .putHeader("Access-Control-Max-Age", "600");
    }
    response.setStatusCode(204).end();
  }
}
