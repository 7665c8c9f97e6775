package dev.celadon.security;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** Hashes made elsewhere, told apart by how they begin; verified here, and replaced at sign-in. */
final class OtherHashes {

  static boolean handles(String hash) {
    return hash.startsWith("$2");
  }

  static boolean verify(String password, String hash) {
    var bytes = password.getBytes(StandardCharsets.UTF_8);
    // bcrypt reads 72 bytes and no more; whoever made the hash cut the password there.
    var read = bytes.length > 72 ? java.util.Arrays.copyOf(bytes, 72) : bytes;
    try {
      return OpenBSDBCrypt.checkPassword(hash, read);
    } catch (IllegalArgumentException | org.bouncycastle.crypto.DataLengthException e) {
      return false;
    }
  }

  private OtherHashes() {}
}
