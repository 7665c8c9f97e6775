package dev.celadon.domain.documents.schemas;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.store.Db;
import io.vertx.sqlclient.DatabaseException;
import java.util.Collection;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The tables that steps need for themselves, taken all together before the first step. Whoever
 * waits for a table is waited for by all who come after: so it is waited a moment only, then
 * everybody else goes first, and it is tried again.
 */
final class Locks {

  /** How long others may be held up at a time, in milliseconds. */
  private static final int WAIT_MS = 100;

  private static final String BUSY = "55P03";

  private final TreeSet<String> whole = new TreeSet<>();
  private final TreeSet<String> written = new TreeSet<>();

  /** Tables, as in SQL, that nobody shall use meanwhile. */
  void use(Collection<String> tables) {
    whole.addAll(tables);
  }

  /** A table, as in SQL, that nobody shall write meanwhile. */
  void write(String table) {
    written.add(table);
  }

  /**
   * Takes them for the rest of the transaction.
   *
   * @param endNs when to give up, as {@link System#nanoTime} counts
   */
  void take(Db tx, long endNs) {
    var sql = sql();
    while (!sql.isEmpty() && !taken(tx, sql)) {
      if (System.nanoTime() > endNs) throw Failure.with(Fault.DATABASE_TIMEOUT);
      pause();
    }
  }

  private static boolean taken(Db tx, String sql) {
    try {
      return tx.attempt(
          part -> {
            part.script(
                "SET LOCAL lock_timeout = " + WAIT_MS + sql + "; SET LOCAL lock_timeout = 0");
            return true;
          });
    } catch (DatabaseException e) {
      if (BUSY.equals(e.getSqlState())) return false;
      throw e;
    }
  }

  private String sql() {
    written.removeAll(whole);
    var sql = new StringBuilder();
    if (!whole.isEmpty()) sql.append(lock(whole)).append("ACCESS EXCLUSIVE MODE");
    if (!written.isEmpty()) sql.append(lock(written)).append("SHARE MODE");
    return sql.toString();
  }

  private static String lock(Collection<String> tables) {
    return "; LOCK TABLE " + String.join(", ", tables) + " IN ";
  }

  private static void pause() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(WAIT_MS / 10, WAIT_MS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.with(Fault.BUSY);
    }
  }
}
