package dev.celadon.gateway;

import dev.celadon.api.Catalog;
import dev.celadon.bus.Services;
import dev.celadon.limit.Limiter;
import dev.celadon.security.Authenticator;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/**
 * What the gateway stands in front of.
 *
 * @param mounts exact paths, or prefixes ending in {@code /*}, that are served beside the API
 */
public record Front(
    Catalog catalog,
    Authenticator authenticator,
    Origins origins,
    Limiter limiter,
    Services services,
    Traffic traffic,
    Map<String, Handler<HttpServerRequest>> mounts) {}
