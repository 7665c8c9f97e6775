package dev.celadon.domain.users;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hash as it is stored, taken apart: {@code $type$cost=1,cost=2$part$part}. Some kinds that came
 * from elsewhere keep the form they came in, such as bcrypt.
 *
 * @param parts what follows the costs; salts and digests in the encoding of the type
 */
public record HashForm(String type, Map<String, String> costs, List<String> parts) {

  private static final Map<String, String> COST_NAMES =
      Map.of("m", "memoryCost", "t", "timeCost", "p", "threads");
  private static final Map<String, String> SCRYPT_NAMES =
      Map.of("n", "costCpu", "r", "costMemory", "p", "costParallel", "l", "length");

  /** The parts of a stored hash; a text of another form has no type. */
  public static HashForm parse(String hash) {
    var all = hash.split("\\$", -1);
    if (all.length < 3) return new HashForm("", Map.of(), List.of());
    var costs = new LinkedHashMap<String, String>();
    var parts = new ArrayList<String>();
    for (int i = 2; i < all.length; i++) {
      if (!all[i].contains("=")) parts.add(all[i]);
      else for (var cost : all[i].split(",", -1)) add(costs, cost);
    }
    return new HashForm(all[1], costs, List.copyOf(parts));
  }

  /** The text of a hash of the kinds that have no form of their own; parts are encoded. */
  public static String text(String type, Map<String, ?> costs, String... parts) {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    var text = new StringBuilder("$").append(type);
    var separator = "$";
    for (var cost : costs.entrySet()) {
      text.append(separator).append(cost.getKey()).append('=').append(cost.getValue());
      separator = ",";
    }
    for (var part : parts) {
      text.append('$').append(encoder.encodeToString(part.getBytes(StandardCharsets.UTF_8)));
    }
    return text.toString();
  }

  /** The part at {@code index} of a text made by {@link #text}. */
  public String part(int index) {
    return new String(Base64.getUrlDecoder().decode(parts.get(index)), StandardCharsets.UTF_8);
  }

  /** The cost called {@code name}. */
  public int cost(String name) {
    return Integer.parseInt(costs.getOrDefault(name, "0"));
  }

  /** Type and costs in the words of the wire, without salt, key or digest. */
  JsonObject options() {
    return switch (type) {
      case "" -> new JsonObject();
      case "argon2id", "argon2i", "argon2d" -> options("argon2", COST_NAMES);
      case "2a", "2b", "2y" -> options("bcrypt", Map.of());
      case "P", "H" -> options("phpass", Map.of());
      case "scrypt" -> options("scrypt", SCRYPT_NAMES);
      default -> options(type, Map.of());
    };
  }

  private JsonObject options(String name, Map<String, String> names) {
    var options = new JsonObject().put("type", name);
    costs.forEach((cost, value) -> put(options, names.get(cost), value));
    return options;
  }

  private static void put(JsonObject options, @Nullable String name, String value) {
    if (name != null) options.put(name, Integer.parseInt(value));
  }

  private static void add(Map<String, String> costs, String cost) {
    int at = cost.indexOf('=');
    if (at > 0) costs.put(cost.substring(0, at), cost.substring(at + 1));
  }
}
