package dev.celadon.domain.users;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who is to become a user.
 *
 * @param password as typed, or null for none
 * @param hash instead of a password: how it was hashed elsewhere, or null
 */
public record NewUser(
    String id,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String password,
    @Nullable String hash,
    String name) {

  public NewUser {
    email = email == null ? null : Emails.canonical(email);
  }

  /** With an email and a password. */
  public static NewUser signingUp(String id, String email, String password, String name) {
    return new NewUser(id, email, null, password, null, name);
  }

  /** With nothing but an id. */
  public static NewUser anonymous(String id) {
    return new NewUser(id, null, null, null, null, "");
  }

  /** The same with a hash in the place of the password. */
  NewUser hashed(@Nullable String hash) {
    return new NewUser(id, email, phone, null, hash, name);
  }

  @Override
  public String toString() {
    return "new user:" + id;
  }
}
