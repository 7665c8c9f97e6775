package dev.celadon.bus;

import dev.celadon.api.Endpoint;
import dev.celadon.api.Origin;
import java.util.Map;

/**
 * A validated request on its way to its service.
 *
 * @param token the internal JWT that says for whom the call runs and in which project
 */
public record Envelope(
    Endpoint endpoint, Origin origin, Map<String, Object> values, String token) {}
