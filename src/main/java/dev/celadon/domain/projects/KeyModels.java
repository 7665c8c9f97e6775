package dev.celadon.domain.projects;

import static dev.celadon.api.Schema.TEXT;
import static dev.celadon.api.Schema.TIME;

import dev.celadon.api.Model;
import dev.celadon.api.Page;
import dev.celadon.api.Schema;
import dev.celadon.api.Time;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How keys look on the wire. */
public final class KeyModels {

  public static final Model<Key> KEY = shown("Key");

  public static final Model<Page<Key>> LIST = Model.list("KeyList", "keys", KEY);

  /** A key as events show it: without its secret. */
  public static final Model<Key> EVENT = key("KeyEvent", false);

  /** A key that nobody stores: it expires within the hour. */
  public static final Model<Key> EPHEMERAL = shown("EphemeralKey");

  /** The same as a bare token, for older clients. */
  public static final Model<Key> JWT =
      Model.of("Jwt", Key.class)
          .field("jwt", TEXT, Key::secret, "The key, to be sent as any other.");

  private static Model<Key> shown(String name) {
    return key(name, true);
  }

  private static Model<Key> key(String name, boolean secret) {
    return Model.of(name, Key.class)
        .field("$id", TEXT, Key::id, "The key's id.")
        .field("$createdAt", TIME, Key::created, "When it was made.")
        .field("$updatedAt", TIME, Key::updated, "When it was last changed.")
        .field("name", TEXT, Key::name, "What it is called.")
        .field("expire", TEXT, key -> orEmpty(key.expires()), "When it ends; empty for never.")
        .field("scopes", Schema.list(TEXT), Key::scopes, "What it may call.")
        .field("secret", TEXT, key -> secret ? key.secret() : "", "What a caller sends.")
        .field("accessedAt", TEXT, key -> orEmpty(key.accessed()), "The day of its last use.")
        .field("sdks", Schema.list(TEXT), Key::sdks, "The clients that used it.");
  }

  /** Times that may be absent are empty texts on the wire. */
  static String orEmpty(@Nullable Instant time) {
    return time == null ? "" : Time.format(time);
  }

  private KeyModels() {}
}
