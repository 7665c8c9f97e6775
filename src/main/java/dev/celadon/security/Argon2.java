package dev.celadon.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2 in the text form {@code $argon2id$v=19$m=7168,t=5,p=1$salt$digest}. New hashes are
 * Argon2id; others made elsewhere verify too, within bounds on what they may cost.
 */
public final class Argon2 {

  private static final int SALT_BYTES = 16;
  private static final int DIGEST_BYTES = 32;

  private static final int MOST_MEMORY_KIB = 65_536;
  private static final int MOST_PASSES = 32;
  private static final int MOST_LANES = 16;

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2(id|i|d)\\$v=(16|19)\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]{8,128})\\$([A-Za-z0-9+/]{8,128})");

  private final SecureRandom random = new SecureRandom();
  private final Cost cost;

  /**
   * What one new hash costs.
   *
   * @param memoryKib memory, in KiB
   * @param passes passes over it
   * @param lanes lanes that are computed apart
   */
  public record Cost(int memoryKib, int passes, int lanes) {}

  Argon2(Cost cost) {
    this.cost = cost;
  }

  /** How a hash was made, and its digest. */
  private record Hash(
      int type, int version, int memoryKib, int passes, int lanes, byte[] salt, byte[] digest) {

    static Hash parse(String text) {
      Matcher match = FORM.matcher(text);
      if (!match.matches()) throw new IllegalStateException("a stored hash has an unknown form");
      int type =
          switch (match.group(1)) {
            case "id" -> Argon2Parameters.ARGON2_id;
            case "i" -> Argon2Parameters.ARGON2_i;
            default -> Argon2Parameters.ARGON2_d;
          };
      var decoder = Base64.getDecoder();
      var hash =
          new Hash(
              type,
              Integer.parseInt(match.group(2)),
              Integer.parseInt(match.group(3)),
              Integer.parseInt(match.group(4)),
              Integer.parseInt(match.group(5)),
              decoder.decode(match.group(6)),
              decoder.decode(match.group(7)));
      if (hash.memoryKib > MOST_MEMORY_KIB
          || hash.passes < 1
          || hash.passes > MOST_PASSES
          || hash.lanes < 1
          || hash.lanes > MOST_LANES) {
        throw new IllegalStateException("a stored hash is too costly to verify");
      }
      return hash;
    }

    boolean modern() {
      return type == Argon2Parameters.ARGON2_id
          && version == Argon2Parameters.ARGON2_VERSION_13
          && digest.length == DIGEST_BYTES;
    }

    byte[] of(String password) {
      var generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(type)
              .withVersion(version)
              .withMemoryAsKB(memoryKib)
              .withIterations(passes)
              .withParallelism(lanes)
              .withSalt(salt)
              .build());
      var made = new byte[digest.length];
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), made);
      return made;
    }

    String text() {
      var encoder = Base64.getEncoder().withoutPadding();
      return "$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"
          .formatted(
              version,
              memoryKib,
              passes,
              lanes,
              encoder.encodeToString(salt),
              encoder.encodeToString(digest));
    }

    Hash with(byte[] made) {
      return new Hash(type, version, memoryKib, passes, lanes, salt, made);
    }
  }

  String hash(String password) {
    var form = fresh();
    return form.with(form.of(password)).text();
  }

  boolean verify(String password, String text) {
    var hash = Hash.parse(text);
    return MessageDigest.isEqual(hash.digest, hash.of(password));
  }

  boolean knows(String text) {
    try {
      return Hash.parse(text).digest.length > 0;
    } catch (IllegalStateException | IllegalArgumentException e) {
      return false;
    }
  }

  boolean stale(String text) {
    return !FORM.matcher(text).matches() || !asNew(Hash.parse(text));
  }

  private boolean asNew(Hash hash) {
    return hash.modern() && cost.equals(new Cost(hash.memoryKib, hash.passes, hash.lanes));
  }

  /** A hash of no password, as costly to verify as a new one. */
  String likeNew() {
    return fresh().text();
  }

  private Hash fresh() {
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new Hash(
        Argon2Parameters.ARGON2_id,
        Argon2Parameters.ARGON2_VERSION_13,
        cost.memoryKib(),
        cost.passes(),
        cost.lanes(),
        salt,
        new byte[DIGEST_BYTES]);
  }
}
