package dev.celadon;

import dev.celadon.config.Config;

/** Configurations for tests: the defaults, on a port of the system's choice. */
public final class TestConfig {

  public static Config base() {
    var c = Config.defaults();
    var s = c.server();
    return with(c, server(s, new Place("127.0.0.1", 0, s.publicUrl(), s.trustedProxyHops())));
  }

  /** Where a server stands, and what stands in front of it. */
  private record Place(String host, int port, String publicUrl, int proxies) {}

  private static Config.Server server(Config.Server s, Place place) {
    return new Config.Server(
        place.host,
        place.port,
        place.publicUrl,
        s.maxBodyBytes(),
        s.maxHeaderBytes(),
        s.maxUriBytes(),
        s.maxBodyValues(),
        s.maxConnections(),
        s.idleTimeoutS(),
        s.headerTimeoutMs(),
        s.bodyTimeoutMs(),
        s.requestTimeoutMs(),
        place.proxies,
        s.nestingMax());
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
        c.databases(),
        c.cors(),
        c.events(),
        c.realtime(),
        c.metrics(),
        c.services());
  }

  /** The same, where files of rows may have so many bytes. */
  public static Config importing(Config c, long bytes) {
    return with(c, new Config.Databases(c.databases().bulkRows(), bytes));
  }

  /** The same, where one call may write so many rows. */
  public static Config bulk(Config c, int rows) {
    return with(c, new Config.Databases(rows, c.databases().importBytes()));
  }

  private static Config with(Config c, Config.Databases databases) {
    return new Config(
        c.server(),
        c.postgres(),
        c.data(),
        c.console(),
        c.security(),
        c.limits(),
        databases,
        c.cors(),
        c.events(),
        c.realtime(),
        c.metrics(),
        c.services());
  }

  /** The same, but nothing may stand still for so many seconds. */
  public static Config.Server idle(Config.Server s, int idleTimeoutS) {
    return new Config.Server(
        s.host(),
        s.port(),
        s.publicUrl(),
        s.maxBodyBytes(),
        s.maxHeaderBytes(),
        s.maxUriBytes(),
        s.maxBodyValues(),
        s.maxConnections(),
        idleTimeoutS,
        s.headerTimeoutMs(),
        s.bodyTimeoutMs(),
        s.requestTimeoutMs(),
        s.trustedProxyHops(),
        s.nestingMax());
  }

  /** The same, but a body must come in so many milliseconds. */
  public static Config.Server patient(Config.Server s, int bodyTimeoutMs) {
    return new Config.Server(
        s.host(),
        s.port(),
        s.publicUrl(),
        s.maxBodyBytes(),
        s.maxHeaderBytes(),
        s.maxUriBytes(),
        s.maxBodyValues(),
        s.maxConnections(),
        s.idleTimeoutS(),
        s.headerTimeoutMs(),
        bodyTimeoutMs,
        s.requestTimeoutMs(),
        s.trustedProxyHops(),
        s.nestingMax());
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
        c.databases(),
        c.cors(),
        c.events(),
        c.realtime(),
        c.metrics(),
        c.services());
  }

  /** The same behind so many proxies that are trusted. */
  public static Config behind(Config c, int proxies) {
    return behind(c, proxies, c.server().publicUrl());
  }

  /** The same, which clients call by {@code publicUrl}. */
  public static Config behind(Config c, int proxies, String publicUrl) {
    var s = c.server();
    return with(c, server(s, new Place(s.host(), s.port(), publicUrl, proxies)));
  }

  /** The same with so many hashes made at once, and so many waiting. */
  public static Config hashing(Config c, int threads, int queue) {
    return hashing(c, c.security().argon2MemoryKiB(), threads, queue);
  }

  /** The same with hashes that cost next to nothing, for tests that need many. */
  public static Config cheap(Config c) {
    return hashing(c, 256, 2, 256);
  }

  private static Config hashing(Config c, int memoryKib, int threads, int queue) {
    var s = c.security();
    return new Config(
        c.server(),
        c.postgres(),
        c.data(),
        c.console(),
        new Config.Security(
            s.secret(),
            s.internalTokenS(),
            memoryKib,
            s.argon2Iterations(),
            s.argon2Parallelism(),
            threads,
            queue),
        c.limits(),
        c.databases(),
        c.cors(),
        c.events(),
        c.realtime(),
        c.metrics(),
        c.services());
  }

  private TestConfig() {}
}
