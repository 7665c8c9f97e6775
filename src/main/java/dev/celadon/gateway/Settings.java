package dev.celadon.gateway;

/**
 * The bounds within which the gateway serves. Sizes in bytes, times in milliseconds.
 *
 * @param maxBodyValues how many values the JSON of one body may hold, at all depths together
 * @param maxConnections 0 for what the system's limit of open files leaves
 * @param trustedProxyHops how many proxies stand in front; so many entries of X-Forwarded-For, from
 *     the right, are believed
 * @param publicUrl where clients reach the server, or empty; https there makes cookies secure
 */
public record Settings(
    String host,
    int port,
    String publicUrl,
    long maxBodyBytes,
    int maxHeaderBytes,
    int maxUriBytes,
    int maxBodyValues,
    int nestingMax,
    int maxConnections,
    int idleTimeoutS,
    int headerTimeoutMs,
    int bodyTimeoutMs,
    int requestTimeoutMs,
    int trustedProxyHops,
    boolean limits) {}
