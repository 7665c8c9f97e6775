package dev.celadon.domain.users;

import java.text.Normalizer;
import java.util.Locale;

/** Email addresses as they are stored and compared. */
public final class Emails {

  /** Compatibility forms folded (a full-width letter is the letter), then lower case. */
  public static String canonical(String email) {
    var folded = Normalizer.normalize(email, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFKC).strip();
  }

  private Emails() {}
}
