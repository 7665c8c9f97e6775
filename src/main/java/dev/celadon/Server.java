package dev.celadon;

import dev.celadon.api.Catalog;
import dev.celadon.api.Change;
import dev.celadon.api.Offer;
import dev.celadon.api.Service;
import dev.celadon.bus.Services;
import dev.celadon.config.Config;
import dev.celadon.gateway.Front;
import dev.celadon.gateway.Gateway;
import dev.celadon.gateway.Settings;
import dev.celadon.gateway.Traffic;
import dev.celadon.limit.LocalLimiter;
import dev.celadon.realtime.Realtime;
import dev.celadon.spec.Docs;
import dev.celadon.spec.OpenApi;
import dev.celadon.store.Postgres;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.Map;

/** One node between a migrated database and an open port. */
public final class Server {

  private final Vertx vertx;
  private final Config config;
  private final Wiring wiring;
  private final Catalog catalog;
  private final Services services;
  private final Switchboard switchboard;
  private final Clock limits;
  private String gateway = "";
  private int port;

  private Server(Vertx vertx, Config config, Postgres postgres, Clock limits) {
    this.vertx = vertx;
    this.config = config;
    this.limits = limits;
    wiring = new Wiring(vertx, config, postgres, limits);
    var offers = wiring.services().stream().<Service>map(Offer::of).toList();
    catalog = Catalog.of(offers);
    services =
        new Services(
            vertx,
            offers,
            new Services.Wiring(wiring.internal()::verify, this::committed),
            loops(),
            config.server().requestTimeoutMs());
    switchboard = new Switchboard(services, wiring.installation(), config.services().disabled());
  }

  /** A node that is put together and asks nothing of the database before it is started. */
  public static Server of(Vertx vertx, Config config, Postgres postgres) {
    return of(vertx, config, postgres, Clock.systemUTC());
  }

  /** The same with rate limits that go by another clock. */
  static Server of(Vertx vertx, Config config, Postgres postgres, Clock limits) {
    return new Server(vertx, config, postgres, limits);
  }

  /** Begins to serve; waits until the port is open. End it by {@link #close}. */
  public Server start() {
    Aside.all(wiring::open, () -> switchboard.start(vertx).await());
    wiring.happenings().start();
    listen();
    wiring.happenings().retain(vertx);
    wiring.sweep(vertx);
    return this;
  }

  private void listen() {
    var front =
        new Front(
            catalog,
            wiring.authenticator(),
            wiring.origins(),
            new LocalLimiter(limits),
            services,
            new Traffic(wiring.metrics()),
            mounts());
    var base = Realtime.options(new HttpServerOptions());
    var settings = settings(config);
    var shared = Gateway.Shared.of(settings);
    var door = new Gateway.Door(settings, front, base, Clock.systemUTC(), shared);
    gateway =
        vertx
            .deployVerticle(() -> new Gateway(door), new DeploymentOptions().setInstances(loops()))
            .await();
    port = door.port();
  }

  /** Sends subscribers away, to resume elsewhere, and lets requests finish. Waits. */
  public void close() {
    wiring.happenings().stop();
    if (!gateway.isEmpty()) vertx.undeploy(gateway).await();
  }

  /** A switch that was thrown here is in force before the caller hears of it. */
  private void committed(Change change) {
    wiring.committed(change);
    if (change.endpoint().service().equals("installation")) switchboard.look().await();
  }

  /** One event loop a core, and no fewer than two. */
  static int loops() {
    return Math.max(2, Runtime.getRuntime().availableProcessors());
  }

  /** All that is served. */
  public Catalog catalog() {
    return catalog;
  }

  /** How many sockets and streams of realtime it holds. */
  public int listeners() {
    return wiring.happenings().realtime().connections();
  }

  /** The port that is listened on; chosen by the system where configuration says 0. */
  public int port() {
    return port;
  }

  private Map<String, Handler<HttpServerRequest>> mounts() {
    var docs = new Docs();
    var realtime = wiring.happenings().realtime();
    return Map.of(
        "/v1/openapi.json",
        new OpenApi(catalog),
        "/docs",
        docs,
        "/docs/*",
        docs,
        "/v1/realtime",
        realtime::upgrade,
        "/v1/realtime/events",
        realtime::events);
  }

  private static Settings settings(Config config) {
    var server = config.server();
    return new Settings(
        server.host(),
        server.port(),
        server.publicUrl(),
        server.maxBodyBytes(),
        server.maxHeaderBytes(),
        server.maxUriBytes(),
        server.maxBodyValues(),
        server.nestingMax(),
        server.maxConnections(),
        server.idleTimeoutS(),
        server.headerTimeoutMs(),
        server.bodyTimeoutMs(),
        server.requestTimeoutMs(),
        server.trustedProxyHops(),
        config.limits().enabled());
  }
}
