package dev.celadon.realtime;

import static dev.celadon.event.TestLog.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.store.Db;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Scanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-Sent Events, read as a browser reads them. */
final class StreamTest {

  private static final Limits LIMITS = new Limits(32, 0, 128, 1 << 20, 10_000, 300, 300, 60_000);

  private Server server;
  private Db db;

  @BeforeEach
  void start() throws Exception {
    server = new Server(TestPostgres.fresh(), LIMITS);
    db = server.postgres.point();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private record Stream(InputStream body, Scanner lines) implements AutoCloseable {

    /** The id and the frame of the next event. */
    Message next() {
      var id = "";
      while (true) {
        var line = lines.nextLine();
        if (line.startsWith("id: ")) id = line.substring(4);
        if (line.startsWith("data: ")) return new Message(id, new JsonObject(line.substring(6)));
      }
    }

    @Override
    public void close() throws Exception {
      body.close();
    }
  }

  private record Message(String id, JsonObject frame) {
    String row() {
      return frame.getJsonObject("data").getJsonObject("payload").getString("$id");
    }
  }

  private HttpResponse<InputStream> get(String query, String last) throws Exception {
    var request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + "/v1/realtime/events?" + query));
    if (!last.isEmpty()) request.header("Last-Event-ID", last);
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  private Stream open(String query, String last) throws Exception {
    var response = get(query, last);
    assertEquals(200, response.statusCode());
    assertTrue(response.headers().firstValue("Content-Type").orElse("").startsWith("text/event"));
    return new Stream(response.body(), new Scanner(response.body()));
  }

  @Test
  void eventsCarryAnIdToResumeFrom() throws Exception {
    String id;
    try (var stream = open("project=p&channels[]=rows".replace("[]", "%5B%5D"), "")) {
      var greeting = stream.next();
      assertEquals("connected", greeting.frame().getString("type"));
      assertFalse(greeting.id().isEmpty(), "even before the first event");
      row(db, "p", "1", "any");
      server.reader.wake();
      var message = stream.next();
      assertEquals("1", message.row());
      assertEquals(message.id(), message.frame().getJsonObject("data").getString("seq"));
      id = message.id();
    }
    row(db, "p", "2", "any");
    row(db, "p", "hidden", "user:x");
    row(db, "p", "3", "any");
    try (var stream = open("project=p&channels%5B%5D=rows", id)) {
      assertEquals("connected", stream.next().frame().getString("type"));
      assertEquals("2", stream.next().row());
      assertEquals("3", stream.next().row());
      row(db, "p", "4", "any");
      server.reader.wake();
      assertEquals("4", stream.next().row());
      assertEquals(": ping", pinged(stream));
    }
    try (var stream = open("project=q&channels%5B%5D=rows", id)) {
      assertEquals("connected", stream.next().frame().getString("type"));
      row(db, "q", "own", "any");
      server.reader.wake();
      assertEquals("own", stream.next().row(), "another project's place shows nothing of it");
    }
    try (var stream = open("project=p&channels%5B%5D=rows", "forged")) {
      assertEquals("connected", stream.next().frame().getString("type"));
      assertEquals("gap", stream.next().frame().getString("type"));
    }
  }

  private static String pinged(Stream stream) {
    var line = stream.lines().nextLine();
    while (line.isEmpty()) line = stream.lines().nextLine();
    return line;
  }

  @Test
  void refusalsAreHttp() throws Exception {
    var response = get("project=nowhere&channels%5B%5D=rows", "");
    assertEquals(404, response.statusCode());
    var body = new JsonObject(new String(response.body().readAllBytes(), "UTF-8"));
    assertEquals("project_not_found", body.getString("type"));
    server.doorman.away = true;
    assertEquals(503, get("project=p", "").statusCode());
  }
}
