package dev.celadon.spec;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A page to browse the API: {@code /docs} and what it loads, {@code /docs/<name>}. Files are looked
 * up in a fixed table, so a path can name nothing else on the class path. They are read when first
 * asked for, once and within milliseconds; a server that nobody browses holds none of them.
 */
public final class Docs implements Handler<HttpServerRequest> {

  private static final String ROOT = "/docs";
  private static final String OURS = "docs/";
  private static final String LIBRARY = "META-INF/resources/webjars/swagger-ui/";
  private static final String LIBRARY_VERSION =
      "META-INF/maven/org.webjars/swagger-ui/pom.properties";

  /** Scripts from here only. The library sets styles on elements, and its icons are data URLs. */
  private static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /** Ours change with the server; the library's change only with its version. */
  private static final String OWN = "no-cache";

  private static final String FOREIGN = "public, max-age=86400";

  private record File(String resource, String type, String caching) {}

  private final Map<String, File> files;
  private final ConcurrentHashMap<String, Asset> read = new ConcurrentHashMap<>();

  public Docs() {
    var library = LIBRARY + version() + "/";
    var html = "text/html; charset=utf-8";
    var script = "text/javascript; charset=utf-8";
    var style = "text/css; charset=utf-8";
    this.files =
        Map.of(
            "", new File(OURS + "index.html", html, OWN),
            "start.js", new File(OURS + "start.js", script, OWN),
            "page.css", new File(OURS + "page.css", style, OWN),
            "swagger-ui.css", new File(library + "swagger-ui.css", style, FOREIGN),
            "swagger-ui-bundle.js", new File(library + "swagger-ui-bundle.js", script, FOREIGN),
            "favicon.png", new File(library + "favicon-32x32.png", "image/png", FOREIGN));
  }

  /** Serves the page or one of its files; a name that is not in the table is 404. */
  @Override
  public void handle(HttpServerRequest request) {
    if (Refusals.method(request)) return;
    var name = name(request.path());
    var file = files.get(name);
    if (file == null) {
      Refusals.send(request, Failure.with(Fault.ROUTE_NOT_FOUND));
      return;
    }
    request
        .response()
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("X-Frame-Options", "DENY");
    read.computeIfAbsent(name, absent -> load(file)).send(request);
  }

  private static String name(String path) {
    if (path.equals(ROOT) || path.equals(ROOT + "/")) return "";
    return path.startsWith(ROOT + "/") ? path.substring(ROOT.length() + 1) : path;
  }

  private static Asset load(File file) {
    return Asset.of(Buffer.buffer(bytes(file.resource())), file.type(), file.caching());
  }

  private static String version() {
    var properties = new Properties();
    try {
      properties.load(new ByteArrayInputStream(bytes(LIBRARY_VERSION)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "");
  }

  private static byte[] bytes(String resource) {
    try (var in = Docs.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) throw new IllegalStateException(resource + " is not on the class path");
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
