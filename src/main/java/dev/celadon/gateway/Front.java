package dev.celadon.gateway;

import dev.celadon.api.Catalog;
import dev.celadon.bus.Services;
import dev.celadon.limit.Limiter;
import dev.celadon.security.Authenticator;

/** What the gateway stands in front of. */
public record Front(
    Catalog catalog,
    Authenticator authenticator,
    Origins origins,
    Limiter limiter,
    Services services,
    Traffic traffic) {}
