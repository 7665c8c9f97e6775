package dev.celadon.domain.projects;

import dev.celadon.store.CannotStart;
import dev.celadon.store.Db;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what must be shown again but must not lie open in the database: AES-256-GCM, bound to
 * the place where it is stored. The key comes from configuration, or is kept in {@code
 * celadon.meta}; then a dump of the whole database holds it too, which a single table does not.
 */
public final class Vault {

  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String CHECK = "celadon";

  /** What it seals with, and a name of that which does not tell it. */
  private record Key(SecretKeySpec secret, String id) {

    static Key of(byte[] bytes) {
      if (bytes.length != 32) throw new IllegalArgumentException("the key of a vault has 32 bytes");
      var id = HexFormat.of().formatHex(sha256("id " + HexFormat.of().formatHex(bytes)), 0, 4);
      return new Key(new SecretKeySpec(bytes, "AES"), id);
    }
  }

  private final Db db;
  private final String secret;
  private final SecureRandom random = new SecureRandom();
  private volatile @Nullable Key key;

  /**
   * The vault of an installation, which seals nothing before it is opened.
   *
   * @param secret the configured secret, of any length; empty to use the key kept in the database
   */
  public Vault(Db db, String secret) {
    this.db = db;
    this.secret = secret;
  }

  /**
   * Finds the key. Waits.
   *
   * @throws CannotStart when what is stored was encrypted with another key
   */
  public void open() {
    key = Key.of(secret.isEmpty() ? kept() : sha256(secret));
    var check = Base64.getEncoder().encodeToString(seal("meta", CHECK));
    var stored = remember("vault.check", check);
    try {
      open("meta", Base64.getDecoder().decode(stored));
    } catch (IllegalStateException wrong) {
      throw new CannotStart("the secret is not the one that this database was encrypted with");
    }
  }

  private byte[] kept() {
    var made = new byte[32];
    random.nextBytes(made);
    var text = remember("vault.key", Base64.getEncoder().encodeToString(made));
    return Base64.getDecoder().decode(text);
  }

  /** The value stored under {@code key}; {@code value} if none was, which then is. */
  private String remember(String key, String value) {
    db.run(
        "INSERT INTO celadon.meta (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING", key, value);
    return db.one(row -> row.getString(0), "SELECT value FROM celadon.meta WHERE key = $1", key)
        .orElseThrow();
  }

  /** Names the key without telling it: whoever finds what it sealed knows whether it will open. */
  public String keyId() {
    return key().id;
  }

  private Key key() {
    var found = key;
    if (found == null) throw new IllegalStateException("the vault is not open");
    return found;
  }

  /**
   * @param place where the result will be stored; it opens nowhere else
   */
  public byte[] seal(String place, String text) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var sealed = crypt(Cipher.ENCRYPT_MODE, place, nonce, text.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
        .put(VERSION)
        .put(nonce)
        .put(sealed)
        .array();
  }

  /**
   * @throws IllegalStateException when it was changed, moved, or sealed with another key
   */
  public String open(String place, byte[] sealed) {
    if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != VERSION) {
      throw new IllegalStateException("this was not sealed here");
    }
    var bytes = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
    var nonce = new byte[NONCE_BYTES];
    bytes.get(nonce);
    var rest = new byte[bytes.remaining()];
    bytes.get(rest);
    return new String(crypt(Cipher.DECRYPT_MODE, place, nonce, rest), StandardCharsets.UTF_8);
  }

  private byte[] crypt(int mode, String place, byte[] nonce, byte[] input) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key().secret, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a sealed value cannot be opened", e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
