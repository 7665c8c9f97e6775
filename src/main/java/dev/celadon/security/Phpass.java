package dev.celadon.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The portable hashes of older PHP applications: MD5, many times over, in letters of its own. */
final class Phpass {

  private static final String LETTERS =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int SALT_AT = 4;
  private static final int DIGEST_AT = 12;

  /** Whether {@code hash}, of 34 characters, was made from {@code password}. */
  static boolean verify(String password, String hash) {
    int rounds = 1 << LETTERS.indexOf(hash.charAt(3));
    var typed = password.getBytes(StandardCharsets.UTF_8);
    var salt = hash.substring(SALT_AT, DIGEST_AT).getBytes(StandardCharsets.UTF_8);
    var md5 = md5();
    md5.update(salt);
    var digest = md5.digest(typed);
    for (int i = 0; i < rounds; i++) {
      md5.update(digest);
      digest = md5.digest(typed);
    }
    var wanted = hash.substring(DIGEST_AT).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(wanted, encode(digest).getBytes(StandardCharsets.UTF_8));
  }

  /** Three bytes, the lowest first, make four letters. */
  private static String encode(byte[] digest) {
    var text = new StringBuilder();
    for (int i = 0; i < digest.length; i += 3) {
      int bits = 0;
      int count = Math.min(3, digest.length - i);
      for (int k = 0; k < count; k++) bits |= (digest[i + k] & 0xff) << (8 * k);
      for (int k = 0; k <= count; k++) text.append(LETTERS.charAt(bits >> (6 * k) & 0x3f));
    }
    return text.toString();
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("MD5 is missing", e);
    }
  }

  private Phpass() {}
}
