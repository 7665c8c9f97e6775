package dev.celadon.domain.users;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.store.Db;
import java.util.Optional;

/** Who owns the installation: the first user of the console. */
public final class Owners {

  /** The owner's id, if there is one yet. */
  public static Optional<String> find(Db db) {
    return db.one(row -> row.getString(0), "SELECT value FROM celadon.meta WHERE key = 'owner'");
  }

  /**
   * Makes the user the owner if there is none. Of several who try at once one succeeds, because the
   * others wait for that transaction to end.
   *
   * @param open whether others may sign up, too
   * @throws Failure {@link Fault#USER_EMAIL_NOT_WHITELISTED} if they may not
   */
  static void claim(Db tx, String user, boolean open) {
    int claimed =
        tx.run(
            "INSERT INTO celadon.meta (key, value) VALUES ('owner', $1) ON CONFLICT DO NOTHING",
            user);
    if (claimed == 0 && !open) throw Failure.with(Fault.USER_EMAIL_NOT_WHITELISTED);
  }

  /** Lets the owner go if nobody else is left; everybody else may go anyway. */
  static void release(Db tx, String user) {
    int owned = tx.run("DELETE FROM celadon.meta WHERE key = 'owner' AND value = $1", user);
    if (owned == 0) return;
    var others =
        tx.one(
            row -> row.getString(0),
            "SELECT id FROM celadon.users WHERE project = $1 AND id <> $2 LIMIT 1",
            Accounts.CONSOLE,
            user);
    if (others.isPresent()) throw Failure.with(Fault.USER_DELETION_PROHIBITED);
  }

  private Owners() {}
}
