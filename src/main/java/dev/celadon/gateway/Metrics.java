package dev.celadon.gateway;

import dev.celadon.api.Endpoint;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is different about metrics: health answers with them whoever asks as a Prometheus server
 * does, and a bearer token sent for them is no JWT of ours.
 */
final class Metrics {

  private static final String HEALTH = "/v1/health";

  /** The path to look up: that of metrics for a scrape of health. */
  static String path(HttpServerRequest request) {
    var path = request.path();
    return HEALTH.equals(path) && scrapes(request.getHeader("Accept")) ? path + "/metrics" : path;
  }

  /** Whether an endpoint answers with metrics; it checks its callers by itself. */
  static boolean wanted(Endpoint endpoint) {
    return endpoint.path().equals(HEALTH + "/metrics");
  }

  private static boolean scrapes(@Nullable String accept) {
    if (accept == null || accept.length() > 1_024) return false;
    var types = accept.toLowerCase(Locale.ROOT).replace(" ", "");
    return types.contains("application/openmetrics-text")
        || types.contains("text/plain;version=0.0.4");
  }

  private Metrics() {}
}
