package dev.celadon.realtime;

import dev.celadon.event.LogReader;
import dev.celadon.event.SnapshotPositions;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.concurrent.TimeUnit;

/** Realtime behind a real HTTP server on two event loops. */
public final class Server implements AutoCloseable {

  public final TestDoorman doorman = new TestDoorman();
  final Postgres postgres;
  public final LogReader reader;
  final Realtime realtime;
  final Vertx vertx = TestPostgres.vertx();
  private final WebSocketClient clients = vertx.createWebSocketClient();
  private final String deployment;
  private volatile int port;

  public Server(Postgres postgres, Limits limits) throws Exception {
    this.postgres = postgres;
    reader =
        new LogReader(
            vertx,
            new SnapshotPositions(postgres.point(), 1_000, 1 << 20),
            new LogReader.Pace(5, 200));
    var history = new SnapshotPositions(postgres.list(), 50, 1 << 18);
    realtime = new Realtime(doorman, reader, history, limits);
    reader.start();
    deployment =
        vertx
            .deployVerticle(Gate::new, new DeploymentOptions().setInstances(2))
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  private final class Gate extends AbstractVerticle {
    @Override
    public void start(Promise<Void> started) {
      vertx
          .createHttpServer(Realtime.options(new HttpServerOptions()).setPort(-5))
          .requestHandler(
              request -> {
                if (request.path().equals("/v1/realtime")) realtime.upgrade(request);
                else realtime.events(request);
              })
          .listen()
          .onSuccess(server -> port = server.actualPort())
          .<Void>mapEmpty()
          .onComplete(started);
    }
  }

  int port() {
    return port;
  }

  public Client connect(String query) throws Exception {
    return connect(query, new WebSocketConnectOptions().setAllowOriginHeader(false));
  }

  public Client connect(String query, WebSocketConnectOptions options) throws Exception {
    var client = new Client();
    options.setHost("127.0.0.1").setPort(port).setURI("/v1/realtime?project=p" + query);
    clients
        .connect(options)
        .onSuccess(client::opened)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    return client;
  }

  @Override
  public void close() throws Exception {
    reader.stop();
    vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
