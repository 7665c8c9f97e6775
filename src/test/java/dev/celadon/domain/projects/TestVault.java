package dev.celadon.domain.projects;

import dev.celadon.store.Db;

/** Vaults for tests, open. */
public final class TestVault {

  /** One whose key is kept in the database. */
  public static Vault open(Db db) {
    return open(db, "");
  }

  /** One whose key comes of {@code secret}. */
  public static Vault open(Db db, String secret) {
    var vault = new Vault(db, secret);
    vault.open();
    return vault;
  }

  private TestVault() {}
}
