package dev.celadon.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.laws.Served;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page and the document over HTTP, as a browser loads them. */
class DocsTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"(/docs/[^\"]+)\"");
  private static int port;

  @BeforeAll
  static void serve() {
    var docs = new Docs();
    var document = new OpenApi(Served.catalog());
    var server =
        VERTX
            .createHttpServer()
            .requestHandler(
                request -> {
                  if (request.path().startsWith("/docs")) docs.handle(request);
                  else document.handle(request);
                });
    port = server.listen(0, "127.0.0.1").await().actualPort();
  }

  @AfterAll
  static void stop() {
    VERTX.close().await();
    CLIENT.close();
  }

  @Test
  void thePageLoadsOnlyWhatIsServedHere() throws Exception {
    var page = get("/docs");
    assertEquals(200, page.statusCode());
    assertEquals("text/html; charset=utf-8", header(page, "content-type"));
    var files = LOADED.matcher(page.body()).results().map(match -> match.group(1)).toList();
    assertEquals(5, files.size());
    for (var file : files) assertEquals(200, get(file).statusCode(), file);
    assertFalse(page.body().contains("http"), "nothing from elsewhere");
    assertFalse(page.body().contains("<script>"), "no inline script");
  }

  @Test
  void typesAreStrictAndScriptsAreOurs() throws Exception {
    var types =
        Map.of(
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "start.js", "text/javascript; charset=utf-8",
            "swagger-ui.css", "text/css; charset=utf-8",
            "favicon.png", "image/png");
    for (var file : types.entrySet()) {
      var answer = get("/docs/" + file.getKey());
      assertEquals(file.getValue(), header(answer, "content-type"));
      assertEquals("nosniff", header(answer, "x-content-type-options"));
      assertTrue(header(answer, "content-security-policy").startsWith("default-src 'self'"));
      assertNotNull(header(answer, "cache-control"));
    }
    assertTrue(get("/docs/swagger-ui-bundle.js").body().length() > 1_000_000);
  }

  @Test
  void pathsNameNothingElse() throws Exception {
    var paths =
        List.of(
            "/docs/../conf/celadon.yml",
            "/docs/..%2fdb/0040_events.sql",
            "/docs/%2e%2e/db",
            "/docs//etc/passwd",
            "/docs/swagger-ui.css/",
            "/docs/index.html",
            "/docsx",
            "/docs/META-INF/MANIFEST.MF",
            "/docs/start.js%00.png",
            "/docs/./start.js");
    for (var path : paths) {
      var answer = get(path);
      assertEquals(404, answer.statusCode(), path);
      assertTrue(answer.body().contains("general_route_not_found"), path);
    }
  }

  @Test
  void whatIsKnownIsNotSentAgain() throws Exception {
    for (var path : List.of("/docs", "/docs/swagger-ui.css", "/v1/openapi.json")) {
      var tag = header(get(path), "etag");
      var again = send(request(path).header("If-None-Match", tag).GET());
      assertEquals(304, again.statusCode());
      assertEquals("", again.body());
    }
  }

  @Test
  void headHasNoBodyAndOtherMethodsAreRefused() throws Exception {
    for (var path : List.of("/docs", "/v1/openapi.json")) {
      var head = send(request(path).method("HEAD", BodyPublishers.noBody()));
      assertEquals(200, head.statusCode());
      assertEquals("", head.body());
      var post = send(request(path).POST(BodyPublishers.ofString("{}")));
      assertEquals(405, post.statusCode());
      assertEquals("GET, HEAD", header(post, "allow"));
    }
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElseThrow(() -> new AssertionError(name));
  }
}
