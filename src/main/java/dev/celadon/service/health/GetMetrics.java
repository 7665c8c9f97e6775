package dev.celadon.service.health;

import static dev.celadon.api.Endpoint.get;
import static dev.celadon.api.Param.header;

import dev.celadon.api.Action;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import java.util.function.Supplier;

/** Metrics in the text form of Prometheus, for those who may see them. */
final class GetMetrics {

  /** How the loopback address is written. */
  private static final Set<String> HERE = Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1");

  /**
   * Who may see metrics.
   *
   * @param token sent as a bearer token or as the password of basic authentication; empty for none
   * @param addresses those that need no token, beside this machine
   */
  record Guard(String token, Set<String> addresses) {

    boolean admits(String ip, String authorization) {
      if (HERE.contains(ip) || addresses.contains(ip)) return true;
      return !token.isEmpty() && same(token, sent(authorization));
    }

    private static String sent(String authorization) {
      if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
        return authorization.substring(7).strip();
      }
      if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) return "";
      try {
        var pair = Base64.getDecoder().decode(authorization.substring(6).strip());
        var text = new String(pair, StandardCharsets.UTF_8);
        return text.substring(text.indexOf(':') + 1);
      } catch (IllegalArgumentException malformed) {
        return "";
      }
    }

    /** Takes as long for a wrong token as for a right one. */
    private static boolean same(String a, String b) {
      return MessageDigest.isEqual(
          a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final Param<String> AUTHORIZATION =
      header("Authorization", Rules.text(0, 8_192), "The metrics token.").orElse("");

  static Action in(Supplier<String> scrape, Guard guard) {
    return get("/v1/health/metrics")
        .named("health", "getMetrics")
        .doc(
            "Metrics",
            "Everything that is measured, as Prometheus reads it, for the metrics token or from"
                + " an address that needs none.")
        .params(AUTHORIZATION)
        .scopes(Scope.PUBLIC, Scope.GLOBAL)
        .ours()
        .returns(
            200,
            Model.text("metrics"),
            call -> {
              if (!guard.admits(call.origin().ip(), call.get(AUTHORIZATION))) {
                throw Failure.with(Fault.ACCESS_FORBIDDEN);
              }
              return scrape.get();
            });
  }

  private GetMetrics() {}
}
