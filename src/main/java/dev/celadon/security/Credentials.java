package dev.celadon.security;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a request shows to say who it is; each part is empty where it shows none.
 *
 * @param key the API key
 * @param session the session's secret, by cookie, header or fallback cookie, in this order
 * @param jwt a JWT
 * @param admin whether the caller asks to be treated as an administrator of the project
 */
public record Credentials(String key, String session, String jwt, boolean admin) {

  private static final int MAX_SECRET = 8_192;

  public static final Credentials NONE = new Credentials("", "", "", false);

  /**
   * Reads the credentials for {@code project}; an administrator's session is one of the console.
   *
   * @throws Failure {@link Fault#USER_JWT_AND_COOKIE_SET}
   */
  public static Credentials of(HttpServerRequest request, String project, boolean admin) {
    var wanted = admin || "admin".equals(request.getHeader("X-Appwrite-Mode"));
    var realm = wanted ? "console" : project;
    var session = session(request, "a_session_" + realm);
    var jwt = jwt(request);
    if (!session.isEmpty() && !jwt.isEmpty()) throw Failure.with(Fault.USER_JWT_AND_COOKIE_SET);
    return new Credentials(bounded(request.getHeader("X-Appwrite-Key")), session, jwt, wanted);
  }

  /**
   * The same for what a browser opens by its address alone: there, {@code jwt} and {@code
   * mode=admin} may stand in the query string.
   */
  public static Credentials ofUrl(HttpServerRequest request, String project) {
    boolean admin = "admin".equals(request.getParam("mode"));
    var found = of(request, project, admin);
    var jwt = bounded(request.getParam("jwt"));
    // A JWT in the address is the newer word: browsers send the cookie along unasked.
    return jwt.isEmpty() ? found : new Credentials(found.key, "", jwt, found.admin);
  }

  private static String session(HttpServerRequest request, String cookie) {
    for (var name : new String[] {cookie, cookie + "_legacy"}) {
      var sent = request.getCookie(name);
      if (sent != null && !sent.getValue().isEmpty()) return bounded(sent.getValue());
    }
    var header = bounded(request.getHeader("X-Appwrite-Session"));
    return header.isEmpty() ? fallback(request, cookie) : header;
  }

  private static String fallback(HttpServerRequest request, String cookie) {
    var header = bounded(request.getHeader("X-Fallback-Cookies"));
    if (header.isEmpty()) return "";
    try {
      return new JsonObject(header).getValue(cookie) instanceof String secret ? secret : "";
    } catch (DecodeException malformed) {
      return "";
    }
  }

  private static String jwt(HttpServerRequest request) {
    var own = bounded(request.getHeader("X-Appwrite-JWT"));
    if (!own.isEmpty()) return own;
    var authorization = bounded(request.getHeader("Authorization"));
    return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        ? authorization.substring(7).strip()
        : "";
  }

  private static String bounded(@Nullable String value) {
    return value == null || value.length() > MAX_SECRET ? "" : value;
  }
}
