package dev.celadon.bench;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;

/** What the largest calls add to the memory of a server: resident, at its highest. */
final class Memory {

  private static final int ROWS = 100;
  private static final int CHARACTERS = 500_000;
  private static final int FILE_ROWS = 200_000;
  private static final int WIDTH = 1_000;
  private static final String TABLE = "/v1/tablesdb/default/tables/large";

  /** What a server must be started with to take so much. */
  static final String[] FLAGS = {"--server.maxBodyBytes", Integer.toString(64 << 20)};

  private final Node node;
  private final Fixture fixture;
  private final Api key;
  private final HttpClient http = HttpClient.newHttpClient();

  Memory(Node node, Fixture fixture) {
    this.node = node;
    this.fixture = fixture;
    this.key = fixture.key();
  }

  /** Makes the table, sends and fetches, and prints what that took. */
  void run() throws IOException {
    fixture.table("large");
    var column = Fixture.json("key", "text", "size", 1_000_000, "required", false);
    fixture.admin().post(TABLE.substring(3) + "/columns/mediumtext", column).expect(202);
    // What is made once for all calls shall not count.
    for (int i = 0; i < 50; i++) bulk("warm" + i + "-", 10, 500);
    measured("import of 200 MB of CSV", this::bring);
    measured("export of the same as JSON Lines", this::take);
    for (int i = 0; i < 3; i++) {
      var prefix = "run" + i + "-";
      measured("50 MB of JSON in one bulk request", () -> bulk(prefix, ROWS, CHARACTERS));
    }
  }

  private interface Work {
    long run() throws IOException;
  }

  private void measured(String what, Work work) throws IOException {
    collect();
    long before = Proc.rssKiB(node.pid());
    Proc.forgetPeak(node.pid());
    long begun = System.nanoTime();
    long bytes = work.run();
    double seconds = (System.nanoTime() - begun) / 1e9;
    long peak = Proc.peakKiB(node.pid());
    collect();
    System.out.printf(
        "%s: %,d MB in %.1f s; resident %,d MB before, %,d MB at most: %,d MB more; %,d MB after%n",
        what,
        bytes >> 20,
        seconds,
        before >> 10,
        peak >> 10,
        (peak - before) >> 10,
        Proc.rssKiB(node.pid()) >> 10);
  }

  /** So that what is left of earlier calls is not taken for this one's. */
  private void collect() throws IOException {
    var jcmd = System.getProperty("java.home") + "/bin/jcmd";
    try {
      new ProcessBuilder(jcmd, Long.toString(node.pid()), "GC.run")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private long bulk(String prefix, int rows, int characters) throws IOException {
    var body = new StringBuilder("{\"rows\":[");
    var text = "Lorem ipsum dolor sit amet. ".repeat(characters / 28);
    for (int i = 0; i < rows; i++) {
      if (i > 0) body.append(',');
      body.append("{\"$id\":\"").append(prefix).append(i);
      body.append("\",\"title\":\"t\",\"authorId\":\"a\",\"text\":\"").append(text).append("\"}");
    }
    var bytes = body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    sent(201, "/rows", "application/json", HttpRequest.BodyPublishers.ofByteArray(bytes));
    return bytes.length;
  }

  private long bring() throws IOException {
    var line = "Lorem ipsum dolor sit amet. ".repeat(WIDTH / 28);
    var pieces =
        IntStream.rangeClosed(0, FILE_ROWS)
            .mapToObj(i -> i == 0 ? "$id,title,authorId,text\n" : "f" + i + ",t,a," + line + "\n")
            .map(
                text ->
                    (InputStream) new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
            .iterator();
    var file = HttpRequest.BodyPublishers.ofInputStream(() -> new SequenceInputStream(of(pieces)));
    var state = sent(202, "/imports?importId=large", "text/csv", file);
    while (state.getString("status").equals("applying")
        || state.getString("status").equals("open")) {
      Node.pause(200);
      state = key.get(TABLE.substring(3) + "/imports/large").expect(200).json();
    }
    if (state.getLong("stored") != FILE_ROWS) throw new IllegalStateException(state.encode());
    return state.getLong("bytes");
  }

  private static Enumeration<InputStream> of(Iterator<InputStream> pieces) {
    return new Enumeration<>() {
      @Override
      public boolean hasMoreElements() {
        return pieces.hasNext();
      }

      @Override
      public InputStream nextElement() {
        return pieces.next();
      }
    };
  }

  private long take() throws IOException {
    var request = request("/export").GET().build();
    try (var body = http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      long bytes = 0;
      var buffer = new byte[1 << 16];
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) bytes += n;
      return bytes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    var at = URI.create("http://127.0.0.1:" + node.port() + TABLE + path);
    var request = HttpRequest.newBuilder(at);
    for (Map.Entry<String, String> header : key.headers().entrySet()) {
      request.header(header.getKey(), header.getValue());
    }
    return request;
  }

  private JsonObject sent(int status, String path, String type, HttpRequest.BodyPublisher body)
      throws IOException {
    var request = request(path).POST(body).header("content-type", type).build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (var answer = response.body()) {
        if (response.statusCode() != status) {
          throw new IllegalStateException(
              new String(answer.readNBytes(2_000), StandardCharsets.UTF_8));
        }
        if (status == 202)
          return new JsonObject(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        answer.transferTo(OutputStream.nullOutputStream());
        return new JsonObject();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
