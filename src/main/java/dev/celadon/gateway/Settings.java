package dev.celadon.gateway;

/**
 * The bounds within which the gateway serves. Sizes in bytes, times in milliseconds.
 *
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
    int nestingMax,
    int idleTimeoutS,
    int headerTimeoutMs,
    int bodyTimeoutMs,
    int requestTimeoutMs,
    int trustedProxyHops,
    boolean limits) {}
