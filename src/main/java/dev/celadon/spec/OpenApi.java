package dev.celadon.spec;

import dev.celadon.api.Catalog;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Version;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The OpenAPI 3.1 document of everything served, made once from the catalogue. */
public final class OpenApi implements Handler<HttpServerRequest> {

  private static final String ABOUT =
      "A backend for applications: accounts, teams, databases and realtime, in one process. The"
          + " project is named by the header X-Appwrite-Project; a server shows an API key, a"
          + " user's client a session or a JWT. Errors carry a `type` to branch on.";

  private final Catalog catalog;
  private volatile @Nullable Asset document;

  public OpenApi(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The encoded document. */
  public Buffer json() {
    return document().body();
  }

  /** Made when first asked for: it takes a good part of the time that a start takes. */
  private Asset document() {
    var made = document;
    if (made != null) return made;
    synchronized (this) {
      made = document;
      if (made == null) {
        var body = document(catalog).toBuffer();
        document = made = Asset.of(body, "application/json; charset=utf-8", "no-cache");
      }
    }
    return made;
  }

  /** Serves the document; other methods than GET and HEAD are refused with 405. */
  @Override
  public void handle(HttpServerRequest request) {
    if (Refusals.method(request)) return;
    request.response().putHeader("Access-Control-Allow-Origin", "*");
    var made = document;
    if (made != null) {
      made.send(request);
      return;
    }
    // Not on the event loop, which others wait for.
    request.pause();
    var loop = Vertx.currentContext();
    Thread.ofVirtual()
        .start(
            () -> {
              var asset = document();
              loop.runOnContext(
                  go -> {
                    request.resume();
                    asset.send(request);
                  });
            });
  }

  private static JsonObject document(Catalog catalog) {
    var license = new JsonObject().put("name", "Apache-2.0").put("identifier", "Apache-2.0");
    var info =
        new JsonObject()
            .put("title", "Celadon")
            .put("version", Version.PRODUCT)
            .put("description", ABOUT)
            .put("license", license)
            .put("x-celadon", new JsonObject().put("protocol", Version.PROTOCOL));
    return new JsonObject()
        .put("openapi", "3.1.0")
        .put("info", info)
        .put("tags", tags(catalog))
        .put("paths", paths(catalog))
        .put("components", components(catalog));
  }

  private static JsonArray tags(Catalog catalog) {
    var tags = new JsonArray();
    catalog.endpoints().stream()
        .map(Endpoint::service)
        .distinct()
        .sorted()
        .forEach(service -> tags.add(new JsonObject().put("name", service)));
    return tags;
  }

  private static JsonObject paths(Catalog catalog) {
    var paths = new JsonObject();
    for (var endpoint : catalog.endpoints()) {
      var all = Catalog.paths(endpoint).toList();
      for (int i = 0; i < all.size(); i++) {
        var item = paths.getJsonObject(all.get(i), new JsonObject());
        item.put(verb(endpoint), Operation.of(endpoint, i));
        paths.put(all.get(i), item);
      }
    }
    return paths;
  }

  private static JsonObject components(Catalog catalog) {
    return new JsonObject()
        .put("schemas", Schemas.of(catalog))
        .put("responses", Refusals.responses())
        .put("securitySchemes", Security.schemes());
  }

  private static String verb(Endpoint endpoint) {
    return endpoint.method().name().toLowerCase(Locale.ROOT);
  }
}
