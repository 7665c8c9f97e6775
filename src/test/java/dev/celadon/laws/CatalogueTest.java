package dev.celadon.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.api.Catalog;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.RateLimit;
import dev.celadon.api.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What is served, one line an endpoint, so that a review sees every change of the surface. Written
 * anew by {@code -Dgolden=write}.
 */
class CatalogueTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/catalogue.txt");

  @Test
  void theSurfaceIsAsReviewed() throws IOException {
    var lines = Served.catalog().endpoints().stream().map(CatalogueTest::line).sorted();
    var actual = lines.collect(Collectors.joining("\n", "", "\n"));
    if ("write".equals(System.getProperty("golden"))) Files.writeString(GOLDEN, actual);
    assertEquals(Checkout.text(GOLDEN), actual, "if this is meant, run with -Dgolden=write");
  }

  private static String line(Endpoint endpoint) {
    var event = endpoint.event();
    return String.join(
        " ",
        endpoint.id(),
        endpoint.method().name(),
        Catalog.paths(endpoint).collect(Collectors.joining(",")),
        endpoint.status() + ":" + endpoint.model().name(),
        endpoint.scopes().stream().map(Scope::wire).sorted().collect(Collectors.joining("|")),
        "limits=" + endpoint.limits().stream().map(CatalogueTest::limit).toList(),
        "event=" + (event == null ? "" : event.template()),
        "params=" + endpoint.params().stream().map(CatalogueTest::param).toList(),
        endpoint.extension() ? "ours" : "protocol");
  }

  private static String limit(RateLimit limit) {
    var by = limit.by().stream().map(CatalogueTest::trait).collect(Collectors.joining("+"));
    return limit.calls() + "/" + limit.window().toSeconds() + "s:" + by;
  }

  static String trait(RateLimit.By by) {
    return switch (by) {
      case RateLimit.By.Trait trait -> trait.name().toLowerCase(Locale.ROOT);
      case RateLimit.By.Value(var param) -> "param-" + param;
    };
  }

  private static String param(Param<?> param) {
    var in = param.in().name().toLowerCase(Locale.ROOT);
    var fallback = param.fallback() == null ? "" : "=" + param.fallback();
    return in + ":" + param.name() + (param.required() ? "!" : "") + fallback;
  }
}
