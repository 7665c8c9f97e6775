package dev.celadon.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
   * Creates {@code perSecond} rows a second and times their events at {@code count} subscribers.
   */
  void latency(int count, int perSecond, int seconds) {
    int most = perSecond * Math.max(seconds, WARM_UPS * WARM_UP_S) * count;
    var times = new int[most];
    var received = new AtomicInteger();
    var subscribers =
        connect(
            count,
            sent -> {
              int place = received.getAndIncrement();
              if (place < most) times[place] = (int) ((System.nanoTime() - sent) / 1_000);
            });
    for (int i = 0; i < WARM_UPS; i++) {
      write(perSecond, WARM_UP_S);
      // A pause is a path of its own, which the compiler has to have seen as well.
      Node.pause(1_000);
    }
    received.set(0);
    long cpu = Proc.cpuUs(node.pid());
    int[] answered = write(perSecond, seconds);
    cpu = Proc.cpuUs(node.pid()) - cpu;
    Node.pause(2_000);
    int n = Math.min(most, received.get());
    System.out.printf(
        "%,d events/s asked, %,d made, %d subscribers: %,d of %,d deliveries; request to event p50"
            + " %.1f ms, p99 %.1f ms, most %.1f ms; request to its answer p50 %.1f ms, p99 %.1f ms;"
            + " JVM %.2f cores%n",
        perSecond,
        answered.length / seconds,
        count,
        n,
        (long) answered.length * count,
        percentile(times, n, 50),
        percentile(times, n, 99),
        percentile(times, n, 100),
        percentile(answered, answered.length, 50),
        percentile(answered, answered.length, 99),
        cpu / 1e6 / seconds);
    subscribers.close();
  }

  /** An open loop: what is due is sent, whether or not the server keeps up. Microseconds each. */
  private int[] write(int perSecond, int seconds) {
    int total = perSecond * seconds;
    var times = new int[total];
    var done = new AtomicInteger();
    var refused = new AtomicInteger();
    long start = System.nanoTime();
    for (int sent = 0; sent < total; sent++) {
      long due = start + sent * 1_000_000_000L / perSecond;
      while (System.nanoTime() < due) Node.pause(1);
      int place = sent;
      long now = System.nanoTime();
      post(now)
          .onComplete(
              status -> {
                if (status.failed() || status.result() != 201) refused.incrementAndGet();
                times[place] = (int) ((System.nanoTime() - now) / 1_000);
                done.incrementAndGet();
              });
    }
    while (done.get() < total) Node.pause(5);
    if (refused.get() > 0) System.out.println(refused + " writes failed");
    return times;
  }

  private Future<Integer> post(long now) {
    var data = Fixture.post("at " + now);
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
        .compose(response -> response.body().map(read -> response.statusCode()));
  }

  private static double percentile(int[] values, int count, int percent) {
    if (count == 0) return Double.NaN;
    var sorted = java.util.Arrays.copyOf(values, count);
    java.util.Arrays.sort(sorted);
    return sorted[Math.min(count - 1, (int) ((long) count * percent / 100))] / 1e3;
  }
}
