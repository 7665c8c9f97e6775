package dev.celadon.domain.projects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.celadon.store.CannotStart;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class VaultTest {

  private static final Postgres PG = TestPostgres.fresh();

  @Test
  void opensOnlyWhereItWasSealedAndUnchanged() {
    var vault = TestVault.open(TestPostgres.fresh().transactions());
    var sealed = vault.seal("a", "secret");
    assertEquals("secret", vault.open("a", sealed));
    assertFalse(Arrays.equals(sealed, vault.seal("a", "secret")));
    assertThrows(IllegalStateException.class, () -> vault.open("b", sealed));
    sealed[sealed.length - 1] ^= 1;
    assertThrows(IllegalStateException.class, () -> vault.open("a", sealed));
    assertThrows(IllegalStateException.class, () -> vault.open("a", new byte[3]));
  }

  @Test
  void refusesToStartWithAnotherSecret() {
    var db = PG.transactions();
    var sealed = TestVault.open(db, "right").seal("a", "x");
    assertEquals("x", TestVault.open(db, "right").open("a", sealed));
    assertThrows(CannotStart.class, () -> TestVault.open(db, "wrong"));
    assertThrows(CannotStart.class, () -> TestVault.open(db, ""));
  }
}
