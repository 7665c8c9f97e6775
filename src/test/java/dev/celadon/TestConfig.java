package dev.celadon;

import dev.celadon.config.Config;

/** Configurations for tests: the defaults, on a port of the system's choice. */
public final class TestConfig {

  public static Config base() {
    var c = Config.defaults();
    var s = c.server();
    return with(
        c,
        new Config.Server(
            "127.0.0.1",
            0,
            s.publicUrl(),
            s.maxBodyBytes(),
            s.maxHeaderBytes(),
            s.maxUriBytes(),
            s.maxBodyValues(),
            s.maxConnections(),
            s.idleTimeoutS(),
            s.headerTimeoutMs(),
            s.bodyTimeoutMs(),
            s.requestTimeoutMs(),
            s.trustedProxyHops(),
            s.nestingMax()));
  }

  /** The same with rate limits on or off. */
  public static Config with(Config c, boolean limits) {
    return new Config(
        c.server(),
        c.postgres(),
        c.data(),
        c.console(),
        c.security(),
        new Config.Limits(limits),
        c.cors(),
        c.events(),
        c.realtime(),
        c.metrics(),
        c.services());
  }

  /** The same with another HTTP server. */
  public static Config with(Config c, Config.Server server) {
    return new Config(
        server,
        c.postgres(),
        c.data(),
        c.console(),
        c.security(),
        c.limits(),
        c.cors(),
        c.events(),
        c.realtime(),
        c.metrics(),
        c.services());
  }

  private TestConfig() {}
}
