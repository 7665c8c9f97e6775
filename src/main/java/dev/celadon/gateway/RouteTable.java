package dev.celadon.gateway;

import dev.celadon.api.Catalog;
import dev.celadon.api.Endpoint;
import io.vertx.core.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds an endpoint by walking the path once; cost depends on depth, not on how many there are. */
final class RouteTable {

  /** A path has at most this many parts; the longest of the protocol has nine. */
  private static final int MAX_PARTS = 16;

  /** An endpoint and the values of its path parameters, percent-decoded. */
  record Match(Endpoint endpoint, Map<String, String> values) {}

  private record End(Endpoint endpoint, String[] names) {}

  private static final class Node {
    final Map<String, Node> fixed = new HashMap<>();
    final Map<HttpMethod, End> ends = new HashMap<>();
    @Nullable Node variable;
  }

  private final Node root = new Node();

  RouteTable(Catalog catalog) {
    for (var endpoint : catalog.endpoints()) {
      Catalog.paths(endpoint).forEach(path -> add(path, endpoint));
    }
  }

  private void add(String path, Endpoint endpoint) {
    var node = root;
    var parts = parts(path);
    var names = new String[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].startsWith("{")) {
        node = node.fixed.computeIfAbsent(parts[i], part -> new Node());
      } else {
        names[i] = parts[i].substring(1, parts[i].length() - 1);
        var next = node.variable;
        node = next != null ? next : (node.variable = new Node());
      }
    }
    node.ends.put(endpoint.method(), new End(endpoint, names));
  }

  /** The endpoint for a raw path, or null. A fixed part wins over a variable one. */
  @Nullable Match find(HttpMethod method, String path) {
    if (path.isEmpty() || path.charAt(0) != '/') return null;
    var parts = parts(path);
    if (parts.length > MAX_PARTS) return null;
    var end = walk(root, parts, 0, method);
    if (end == null) return null;
    Map<String, String> values = Map.of();
    for (int i = 0; i < parts.length; i++) {
      if (end.names[i] == null) continue;
      var value = decoded(parts[i]);
      if (value == null) return null;
      if (values.isEmpty()) values = new HashMap<>(8);
      values.put(end.names[i], value);
    }
    return new Match(end.endpoint, values);
  }

  private static @Nullable End walk(
      @Nullable Node node, String[] parts, int depth, HttpMethod method) {
    if (node == null) return null;
    if (depth == parts.length) return node.ends.get(method);
    var found = walk(node.fixed.get(parts[depth]), parts, depth + 1, method);
    if (found != null || parts[depth].isEmpty()) return found;
    return walk(node.variable, parts, depth + 1, method);
  }

  /** The parts between slashes; an empty part matches nothing, so {@code //} finds no route. */
  private static String[] parts(String path) {
    return path.substring(1).split("/", MAX_PARTS + 1);
  }

  private static @Nullable String decoded(String part) {
    if (part.indexOf('%') < 0) return part;
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
