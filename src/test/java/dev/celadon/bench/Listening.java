package dev.celadon.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/** Realtime: what an idle subscriber costs, and how long an event takes to reach one. */
final class Listening {

  private static final String URI =
      "/v1/realtime?project=bench&channels[]=tablesdb.default.tables.notes.rows";
  private static final int SETTLE_MS = 8_000;

  /** The compiler shares the cores with what is measured until it knows this shape. */
  private static final int WARM_UP_S = 30;

  private static final int WARM_UPS = 2;

  private final Node node;
  private final Fixture fixture;
  private int written;
  private volatile Deliveries deliveries = new Deliveries(0, 0, 0);
  private final String cookie;
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final HttpClient http =
      vertx.createHttpClient(
          new HttpClientOptions().setTcpNoDelay(true), new PoolOptions().setHttp1MaxSize(128));

  Listening(Node node, Fixture fixture) {
    this.node = node;
    this.fixture = fixture;
    this.cookie = "a_session_bench=" + fixture.user().headers().get("x-appwrite-session");
  }

  void close() {
    vertx.close().await();
  }

  /** Connects {@code count} who hear nothing, and prints what they cost. */
  void idle(int count) {
    connect(200, sent -> {}).close();
    Node.pause(SETTLE_MS);
    long before = Proc.rssKiB(node.pid());
    var subscribers = connect(count, sent -> {});
    Node.pause(SETTLE_MS);
    long after = Proc.rssKiB(node.pid());
    System.out.printf(
        "%,d idle subscribers: JVM %,d MB before, %,d MB after: %.1f KB each%n",
        count, before / 1024, after / 1024, (after - before) / (double) count);
    subscribers.close();
  }

  private Subscribers connect(int count, LongConsumer events) {
    return Subscribers.connect(count, node.port(), URI, cookie, events);
  }

  /**
   * Creates {@code perSecond} rows a second and times their events at {@code count} subscribers,
   * {@code runs} times over.
   */
  void latency(int count, int perSecond, int seconds, int runs) {
    var subscribers = connect(count, number -> deliveries.arrived(number));
    for (int i = 0; i < WARM_UPS; i++) {
      write(perSecond, WARM_UP_S, 0);
      // A pause is a path of its own, which the compiler has to have seen as well.
      Node.pause(1_000);
    }
    for (int i = 0; i < runs; i++) {
      long cpu = Proc.cpuUs(node.pid());
      long stolen = Proc.stolenUs();
      write(perSecond, seconds, count);
      cpu = Proc.cpuUs(node.pid()) - cpu;
      stolen = Proc.stolenUs() - stolen;
      Node.pause(2_000);
      print(deliveries, perSecond, count);
      System.out.printf(
          "  JVM %.2f cores; %.2f cores taken from this machine by its host%n",
          cpu / 1e6 / seconds, stolen / 1e6 / seconds);
    }
    subscribers.close();
  }

  private static void print(Deliveries of, int perSecond, int count) {
    System.out.printf(
        "%,d events/s, %d subscribers: %,d of %,d delivered%n",
        perSecond, count, of.count(), of.expected());
    line("request to event", of.events());
    line("answer to event", of.eventsAfterAnswers());
    line("request to answer", of.answers());
  }

  private static void line(String what, Deliveries.Times times) {
    System.out.printf(
        "  %s: p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
        what, times.ms(50), times.ms(99), times.ms(100));
  }

  /** An open loop: what is due is sent, whether or not the server keeps up. */
  private void write(int perSecond, int seconds, int subscribers) {
    int total = perSecond * seconds;
    int first = written;
    written += total;
    var kept = new Deliveries(first, total, subscribers);
    deliveries = kept;
    var failures = new ConcurrentHashMap<String, Integer>();
    long start = System.nanoTime();
    for (int number = first; number < written; number++) {
      long due = start + (number - first) * 1_000_000_000L / perSecond;
      while (System.nanoTime() < due) Node.pause(1);
      int sent = number;
      kept.sent(sent);
      post(sent)
          .onComplete(
              status -> {
                var failure = status.succeeded() ? status.result() : status.cause().toString();
                if (!failure.isEmpty()) failures.merge(failure, 1, Integer::sum);
                kept.answered(sent);
              });
    }
    while (!kept.allAnswered()) Node.pause(5);
    if (!failures.isEmpty()) System.out.println("writes that failed: " + failures);
  }

  /** Answers with what was said if the row was not made, else with nothing. */
  private Future<String> post(int number) {
    var data = Fixture.post("at " + number);
    var permissions = List.of("read(\"users\")");
    var body = Fixture.json("rowId", "unique()", "data", data, "permissions", permissions);
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost("127.0.0.1")
            .setPort(node.port())
            .setURI("/v1" + Fixture.path("notes"))
            .putHeader("content-type", "application/json");
    fixture.user().headers().forEach(options::putHeader);
    return http.request(options)
        .compose(request -> request.send(body.toBuffer()))
        .compose(
            response ->
                response
                    .body()
                    .map(read -> response.statusCode() == 201 ? "" : read.toString(UTF_8)));
  }
}
