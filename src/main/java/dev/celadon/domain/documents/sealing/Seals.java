package dev.celadon.domain.documents.sealing;

import dev.celadon.domain.documents.Column;
import dev.celadon.domain.projects.Vault;
import io.vertx.core.json.Json;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals texts with the key of the installation. A sealed text says which key it was sealed with and
 * for which column, {@code <sealed:key:column:base64>}, so that it can be told in JSON that is on
 * its way out; it opens for no other column.
 */
public final class Seals {

  /** How a sealed text begins; no text that comes from outside may. */
  public static final String MARK = "<sealed:";

  /** What a sealed text has beside its contents, in bytes: version, nonce and tag. */
  private static final int EXTRA_BYTES = 1 + 12 + 16;

  private static final Logger LOG = LoggerFactory.getLogger(Seals.class);

  private final Vault vault;

  public Seals(Vault vault) {
    this.vault = vault;
  }

  /** A text, or a list of texts, as {@code column} stores it; null stays null. */
  public @Nullable Object seal(Column column, @Nullable Object value) {
    return switch (value) {
      case String text -> one(column.sql(), text);
      case String[] texts -> {
        var sealed = new String[texts.length];
        for (int i = 0; i < texts.length; i++) sealed[i] = one(column.sql(), texts[i]);
        yield sealed;
      }
      case null, default -> value;
    };
  }

  private String one(String column, String text) {
    var bytes = Base64.getEncoder().withoutPadding().encodeToString(vault.seal(column, text));
    return MARK + vault.keyId() + ":" + column + ":" + bytes + ">";
  }

  /**
   * What {@link #seal} was given.
   *
   * @throws IllegalStateException when it was changed, moved, or sealed with another key
   */
  public @Nullable Object open(Column column, @Nullable Object sealed) {
    return switch (sealed) {
      case String text -> opened(column.sql(), text);
      case Object[] texts -> {
        var opened = new String[texts.length];
        for (int i = 0; i < texts.length; i++) opened[i] = opened(column.sql(), (String) texts[i]);
        yield opened;
      }
      case null, default -> sealed;
    };
  }

  private String opened(String column, String text) {
    var parts = text.split(":", 4);
    if (parts.length != 4 || !parts[2].equals(column) || !parts[1].equals(vault.keyId())) {
      throw new IllegalStateException("this was not sealed here");
    }
    var bytes = parts[3].substring(0, parts[3].length() - 1);
    return vault.open(column, Base64.getDecoder().decode(bytes));
  }

  /**
   * Seals a text that is kept for a while.
   *
   * @param place where it will stand; it opens nowhere else
   */
  public String seal(String place, String text) {
    return one(place, text);
  }

  /** What {@link #seal(String, String)} was given. */
  public String open(String place, String sealed) {
    return opened(place, sealed);
  }

  /** {@code json} with all sealed texts in it open; null stands for what does not open. */
  public String openAll(String json) {
    int found = json.indexOf("\"" + MARK);
    if (found < 0) return json;
    var out = new StringBuilder(json.length());
    int done = 0;
    while (found >= 0) {
      // What is sealed has no character that JSON escapes.
      int end = json.indexOf('"', found + 1);
      out.append(json, done, found).append(plain(json.substring(found + 1, end)));
      done = end + 1;
      found = json.indexOf("\"" + MARK, done);
    }
    return out.append(json, done, json.length()).toString();
  }

  private String plain(String sealed) {
    try {
      return Json.encode(opened(sealed.split(":", 4)[2], sealed));
    } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
      LOG.warn("a sealed value cannot be opened: {}", e.getMessage());
      return "null";
    }
  }

  /** How many bytes the text behind {@code column} has in UTF-8, as an expression in SQL. */
  public static String bytes(String column) {
    return "(length(split_part(%s, ':', 4)) - 1) * 3 / 4 - %d".formatted(column, EXTRA_BYTES);
  }
}
