package dev.celadon.domain.users;

import io.vertx.core.json.JsonObject;

/** What a stored hash says of how it was made; in the words of the wire. */
final class HashForm {

  /** Type and cost of {@code hash}, without salt or digest; empty for a form that is not known. */
  static JsonObject options(String hash) {
    var parts = hash.split("\\$", -1);
    if (parts.length < 4) return new JsonObject();
    return switch (parts[1]) {
      case "argon2id", "argon2i", "argon2d" -> argon2(parts[3]);
      case "2a", "2b", "2y" -> new JsonObject().put("type", "bcrypt");
      default -> new JsonObject().put("type", parts[1]);
    };
  }

  private static JsonObject argon2(String costs) {
    var options = new JsonObject().put("type", "argon2");
    for (var cost : costs.split(",", -1)) {
      int value = Integer.parseInt(cost.substring(2));
      switch (cost.charAt(0)) {
        case 'm' -> options.put("memoryCost", value);
        case 't' -> options.put("timeCost", value);
        case 'p' -> options.put("threads", value);
        default -> {}
      }
    }
    return options;
  }

  private HashForm() {}
}
