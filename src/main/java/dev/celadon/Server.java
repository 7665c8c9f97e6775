package dev.celadon;

import dev.celadon.api.Catalog;
import dev.celadon.bus.Services;
import dev.celadon.config.Config;
import dev.celadon.gateway.Front;
import dev.celadon.gateway.Gateway;
import dev.celadon.gateway.Origins;
import dev.celadon.gateway.Settings;
import dev.celadon.limit.LocalLimiter;
import dev.celadon.spec.Docs;
import dev.celadon.spec.OpenApi;
import dev.celadon.store.Postgres;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.Map;

/** One node between a migrated database and an open port. */
public final class Server {

  private final Catalog catalog;
  private final int port;

  private Server(Catalog catalog, int port) {
    this.catalog = catalog;
    this.port = port;
  }

  /** Starts to serve; waits until the port is open. Closing {@code vertx} ends it. */
  public static Server start(Vertx vertx, Config config, Postgres postgres) {
    int loops = loops();
    var wiring = new Wiring(vertx, config, postgres);
    var services =
        new Services(
            vertx,
            wiring.services(),
            new Services.Wiring(wiring.internal()::verify, wiring::committed),
            loops,
            config.server().requestTimeoutMs());
    services.start(wiring.off()).await();
    var catalog = Catalog.of(wiring.services());
    var front =
        new Front(
            catalog,
            wiring.authenticator(),
            new Origins(config.cors().allowLocalhost()),
            new LocalLimiter(Clock.systemUTC()),
            services);
    var door = new Gateway.Door(settings(config), front, mounts(catalog), Clock.systemUTC());
    vertx
        .deployVerticle(() -> new Gateway(door), new DeploymentOptions().setInstances(loops))
        .await();
    return new Server(catalog, door.port());
  }

  /** One event loop a core, and no fewer than two. */
  static int loops() {
    return Math.max(2, Runtime.getRuntime().availableProcessors());
  }

  /** All that is served. */
  public Catalog catalog() {
    return catalog;
  }

  /** The port that is listened on; chosen by the system where configuration says 0. */
  public int port() {
    return port;
  }

  private static Map<String, Handler<HttpServerRequest>> mounts(Catalog catalog) {
    var docs = new Docs();
    return Map.of("/v1/openapi.json", new OpenApi(catalog), "/docs", docs, "/docs/*", docs);
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
        server.nestingMax(),
        server.idleTimeoutS(),
        server.headerTimeoutMs(),
        server.bodyTimeoutMs(),
        server.requestTimeoutMs(),
        server.trustedProxyHops(),
        config.limits().enabled());
  }
}
