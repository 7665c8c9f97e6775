package dev.celadon.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who may know whom, read from the constant pools of the class files. */
class LayersTest {

  /** A layer, and what of ours it may use beside itself: packages, or single classes. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("api", Set.of()),
          Map.entry("config", Set.of()),
          Map.entry("store", Set.of()),
          Map.entry("event", Set.of("api", "store")),
          Map.entry("domain", Set.of("api", "store", "event")),
          Map.entry("security", Set.of("api", "store", "domain")),
          Map.entry("limit", Set.of("api", "store", "domain")),
          Map.entry("service", Set.of("api", "domain")),
          Map.entry("realtime", Set.of("api", "event")),
          Map.entry("bus", Set.of("api", "event", "store")),
          Map.entry("gateway", Set.of("api", "bus", "security", "limit", "domain/projects/Access")),
          Map.entry("spec", Set.of("api")));

  private static final Set<String> INNER = Set.of("api", "store", "event", "domain", "service");

  /** Of the libraries, what the inner layers must not know: web, bus, Redis. */
  private static final List<String> OUTSIDE =
      List.of(
          "io/vertx/ext/web/",
          "io/vertx/redis/",
          "io/vertx/core/eventbus/",
          "io/vertx/core/http/HttpServer",
          "io/vertx/core/http/HttpClient");

  private static final String ROOT = "dev/celadon/";
  private static final Pattern NAME = Pattern.compile("L([a-z]+/[\\w/$]+);");

  @Test
  void layersKnowOnlyWhatTheyMay() throws IOException {
    var found = new TreeSet<String>();
    var files = Checkout.files(Checkout.CLASSES.resolve(ROOT), ".class");
    assertTrue(files.size() > 20, "the classes are compiled");
    for (var file : files) {
      var from = Checkout.CLASSES.relativize(file).toString().replace(".class", "");
      for (var to : used(file)) if (!allowed(from, to)) found.add(from + " uses " + to);
    }
    assertEquals("", String.join("\n", found));
  }

  private static boolean allowed(String from, String to) {
    var layer = layer(from);
    if (layer.isEmpty()) return true;
    if (to.startsWith("io/vertx/core/eventbus/") && !layer.equals("bus")) return false;
    if (!to.startsWith(ROOT)) {
      return !INNER.contains(layer) || OUTSIDE.stream().noneMatch(to::startsWith);
    }
    var may = MAY_USE.get(layer);
    if (may == null) return false;
    if (layer.equals("service") && layer(to).equals("service")) {
      return service(from).equals(service(to));
    }
    return layer.equals(layer(to))
        || may.contains(layer(to))
        || may.contains(to.substring(ROOT.length()).replaceAll("\\$.*", ""));
  }

  private static Set<String> used(Path file) throws IOException {
    var used = new TreeSet<String>();
    for (var entry : ClassFile.of().parse(file).constantPool()) {
      if (entry instanceof ClassEntry c) used.add(c.asInternalName());
      if (entry instanceof Utf8Entry text) {
        NAME.matcher(text.stringValue()).results().forEach(match -> used.add(match.group(1)));
      }
    }
    return used;
  }

  /** The first package under the root; empty for what stands in the root itself, which is App. */
  private static String layer(String name) {
    if (!name.startsWith(ROOT)) return "";
    int end = name.indexOf('/', ROOT.length());
    return end < 0 ? "" : name.substring(ROOT.length(), end);
  }

  /** The package of a service, which may have packages inside. */
  private static String service(String name) {
    int start = ROOT.length() + "service/".length();
    return name.substring(0, name.indexOf('/', start));
  }
}
