package dev.celadon.security;

import dev.celadon.domain.users.HashForm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.generators.SCrypt;

/** Hashes made elsewhere, told apart by how they begin; verified here, and replaced at sign-in. */
final class OtherHashes {

  private static final int BCRYPT_BYTES = 72;
  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-4])\\$[./A-Za-z0-9]{53}");
  private static final Pattern PHPASS = Pattern.compile("\\$[PH]\\$[5-9A-H][./A-Za-z0-9]{30}");

  /** Most memory, in bytes, that an imported scrypt hash may need. */
  private static final long SCRYPT_BYTES = 64L << 20;

  /** The variant of scrypt that one large provider uses has these costs, always. */
  private static final int MODIFIED_N = 1 << 14;

  private static final int MODIFIED_R = 8;

  static boolean handles(String hash) {
    return !hash.startsWith("$argon2");
  }

  /** Whether {@code hash} is well formed and not too costly. */
  static boolean knows(String hash) {
    try {
      var form = HashForm.parse(hash);
      return switch (form.type()) {
        case "2a", "2b", "2y" -> BCRYPT.matcher(hash).matches();
        case "P", "H" -> PHPASS.matcher(hash).matches();
        case "md5", "sha" -> digest(form, "").length == hex(form.part(0)).length;
        case "scrypt" -> affordable(form) && hex(form.part(1)).length == form.cost("l");
        case "scryptMod" -> base64(form.part(2)).length == base64(form.part(3)).length;
        default -> false;
      };
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static boolean verify(String password, String hash) {
    if (!knows(hash)) return false;
    var form = HashForm.parse(hash);
    return switch (form.type()) {
      case "2a", "2b", "2y" -> bcrypt(password, hash);
      case "P", "H" -> Phpass.verify(password, hash);
      case "md5", "sha" -> same(hex(form.part(0)), digest(form, password));
      case "scrypt" -> same(hex(form.part(1)), scrypt(password, form));
      case "scryptMod" -> same(base64(form.part(3)), modified(password, form));
      default -> false;
    };
  }

  private static boolean bcrypt(String password, String hash) {
    var bytes = bytes(password);
    // bcrypt reads 72 bytes and no more; whoever made the hash cut the password there.
    var read = bytes.length > BCRYPT_BYTES ? Arrays.copyOf(bytes, BCRYPT_BYTES) : bytes;
    return OpenBSDBCrypt.checkPassword(hash, read);
  }

  private static byte[] digest(HashForm form, String password) {
    var name = form.type().equals("md5") ? "MD5" : form.costs().getOrDefault("v", "sha1");
    try {
      return MessageDigest.getInstance(algorithm(name)).digest(bytes(password));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no such digest: " + name, e);
    }
  }

  /** {@code sha512/256} as Java names it: {@code SHA-512/256}. */
  private static String algorithm(String name) {
    var upper = name.toUpperCase(Locale.ROOT);
    return upper.matches("SHA[0-9].*") && !upper.startsWith("SHA3-")
        ? "SHA-" + upper.substring(3)
        : upper;
  }

  private static boolean affordable(HashForm form) {
    int n = form.cost("n");
    int r = form.cost("r");
    int p = form.cost("p");
    int length = form.cost("l");
    return n > 1
        && Integer.bitCount(n) == 1
        && r >= 1
        && r <= 64
        && p >= 1
        && p <= 16
        && length >= 8
        && length <= 512
        && 128L * n * r <= SCRYPT_BYTES;
  }

  private static byte[] scrypt(String password, HashForm form) {
    return SCrypt.generate(
        bytes(password),
        bytes(form.part(0)),
        form.cost("n"),
        form.cost("r"),
        form.cost("p"),
        form.cost("l"));
  }

  /** A key derived by scrypt encrypts the provider's own key; the result is the hash. */
  private static byte[] modified(String password, HashForm form) {
    var salt = base64(form.part(0));
    var separator = base64(form.part(1));
    var salted = Arrays.copyOf(salt, salt.length + separator.length);
    System.arraycopy(separator, 0, salted, salt.length, separator.length);
    var key = SCrypt.generate(bytes(password), salted, MODIFIED_N, MODIFIED_R, 1, 32);
    try {
      var cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
      return cipher.doFinal(base64(form.part(2)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES is missing", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
  }

  private static boolean same(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }

  private OtherHashes() {}
}
