package dev.celadon.domain.documents.staging;

import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Ids;
import dev.celadon.api.Page;
import dev.celadon.api.Query;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Listing;
import dev.celadon.domain.query.Sql;
import dev.celadon.store.Db;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions that clients have begun. Each is its maker's own: for all others it does not
 * exist, except that keys and admins may see and end it. What is in it is the matter of {@link
 * Operations}.
 */
public final class Transactions {

  /** How many of a user may be open at once, and how many that have ended are remembered. */
  public static final int OPEN_OF_USER = 20;

  /** The same, of a key or an admin, who works for many. */
  public static final int OPEN_OF_KEY = 1_000;

  /** For how long after its time a transaction is known to have expired, in minutes. */
  private static final int GRACE_MINUTES = 10;

  /** How many the sweep takes away at once. */
  private static final int BATCH = 100;

  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

  private static final Listing<Transaction> LISTING =
      new Listing<>(
          "(SELECT " + Transaction.COLUMNS + " FROM celadon.transactions) t",
          Attributes.of(
              Attribute.text(Attribute.ID, "id"),
              Attribute.integer(Attribute.SEQUENCE, "seq"),
              Attribute.time(Attribute.CREATED, "created"),
              Attribute.time(Attribute.UPDATED, "updated"),
              Attribute.text("status", "replace(lower(state), 'expired', 'failed')"),
              Attribute.integer("operations", "operations"),
              Attribute.time("expiresAt", "expires")),
          List.of(),
          Transaction::of);

  private final Db db;

  public Transactions(Db transactions) {
    this.db = transactions;
  }

  /**
   * Begins one.
   *
   * @throws Failure {@link Fault#TRANSACTION_LIMIT_EXCEEDED}; {@link Fault#USER_UNAUTHORIZED} for
   *     guests, who could not be told from each other
   */
  public Transaction create(Caller caller, long ttlSeconds) {
    if (caller.actor() instanceof Actor.Guest) throw Failure.with(Fault.USER_UNAUTHORIZED);
    int most = caller.actor().privileged() ? OPEN_OF_KEY : OPEN_OF_USER;
    return db.tx(
        tx -> {
          // One at a time for each owner: who counts must see what others have begun.
          tx.one(
              row -> 0,
              "SELECT pg_advisory_xact_lock(hashtextextended($1, 61))",
              caller.project() + "/" + caller.name());
          forget(tx, caller, most);
          return tx.one(
                  Transaction::of,
                  """
                  INSERT INTO celadon.transactions (project, id, owner, status, expires)
                  SELECT $1::text, $2::text, $3::text, 'PENDING',
                    clock_timestamp() + make_interval(secs => $4::float8)
                  WHERE $5::bigint > (
                    SELECT count(*) FROM celadon.transactions WHERE project = $1::text
                      AND owner = $3::text AND status = 'PENDING' AND expires > clock_timestamp())
                  RETURNING\
                  """
                      + " "
                      + Transaction.COLUMNS,
                  caller.project(),
                  Ids.unique(),
                  caller.name(),
                  (double) ttlSeconds,
                  (long) most)
              .orElseThrow(
                  () ->
                      Failure.with(
                          Fault.TRANSACTION_LIMIT_EXCEEDED, most + " open ones; end some first"));
        });
  }

  /** All but the latest of those that have ended. */
  private static void forget(Db tx, Caller caller, int most) {
    tx.run(
        """
        DELETE FROM celadon.transactions WHERE project = $1 AND owner = $2 AND status <> 'PENDING'
          AND seq <= (SELECT seq FROM celadon.transactions WHERE project = $1 AND owner = $2
            ORDER BY seq DESC OFFSET $3 LIMIT 1)\
        """,
        caller.project(),
        caller.name(),
        2L * most);
  }

  /**
   * @throws Failure {@link Fault#TRANSACTION_NOT_FOUND}
   */
  public Transaction get(Caller caller, String id) {
    return db.one(Transaction::of, one(""), caller.project(), id)
        .filter(found -> sees(caller, found))
        .orElseThrow(() -> missing(id));
  }

  /** The caller's own; all of the project for keys and admins. */
  public Page<Transaction> list(Caller caller, List<Query> queries) {
    var scope = Sql.of("project = ").arg(caller.project());
    if (!caller.actor().privileged()) scope.add(" AND owner = ").arg(caller.name());
    return LISTING.page(db, scope, Listing.Wanted.of(queries, null, true));
  }

  /**
   * Ends one without doing anything of it.
   *
   * @throws Failure {@link Fault#TRANSACTION_NOT_FOUND}, {@link Fault#TRANSACTION_NOT_READY}
   */
  public Transaction rollback(Caller caller, String id) {
    return db.tx(
        tx -> {
          var found = locked(tx, caller, id);
          if (!sees(caller, found)) throw missing(id);
          requireReady(found, true);
          return end(tx, caller, found, Transaction.Status.ROLLED_BACK);
        });
  }

  /** Forgets one, whatever its status, with all that is staged in it. */
  public void delete(Caller caller, String id) {
    db.tx(
        tx -> {
          if (!sees(caller, locked(tx, caller, id))) throw missing(id);
          var delete = "DELETE FROM celadon.transactions WHERE project = $1 AND id = $2";
          return tx.run(delete, caller.project(), id);
        });
  }

  /** One that {@code caller} may work with; nobody else does before the end of {@code tx}. */
  static Transaction open(Db tx, Caller caller, String id) {
    var found = locked(tx, caller, id);
    if (!sees(caller, found)) throw missing(id);
    if (!found.owner().equals(caller.name())) throw Failure.with(Fault.USER_UNAUTHORIZED);
    requireReady(found, false);
    return found;
  }

  private static Transaction locked(Db tx, Caller caller, String id) {
    return tx.one(Transaction::of, one(" FOR UPDATE"), caller.project(), id)
        .orElseThrow(() -> missing(id));
  }

  private static String one(String lock) {
    return "SELECT "
        + Transaction.COLUMNS
        + " FROM celadon.transactions WHERE project = $1 AND id = $2"
        + lock;
  }

  private static boolean sees(Caller caller, Transaction transaction) {
    return caller.actor().privileged() || transaction.owner().equals(caller.name());
  }

  private static void requireReady(Transaction transaction, boolean late) {
    switch (transaction.status()) {
      case PENDING -> {}
      case EXPIRED -> {
        if (!late) throw Failure.with(Fault.TRANSACTION_EXPIRED, transaction.id());
      }
      default ->
          throw Failure.with(
              Fault.TRANSACTION_NOT_READY, transaction.id(), transaction.status().toString());
    }
  }

  /** Its operations are done, or never will be. */
  static Transaction end(Db tx, Caller caller, Transaction transaction, Transaction.Status how) {
    tx.run(
        "DELETE FROM celadon.operations WHERE project = $1 AND transaction = $2",
        caller.project(),
        transaction.id());
    return tx.one(
            Transaction::of,
            "UPDATE celadon.transactions SET status = $3, writes = '', touched = '{}',"
                + " updated = clock_timestamp()"
                + " WHERE project = $1 AND id = $2 RETURNING "
                + Transaction.COLUMNS,
            caller.project(),
            transaction.id(),
            how.name())
        .orElseThrow();
  }

  static Failure missing(String id) {
    return Failure.with(Fault.TRANSACTION_NOT_FOUND, id);
  }

  /**
   * Takes away what has expired, a few at a time. Waits. Any node may, at any time; what cannot be
   * done now is left to the next call, and only logged.
   */
  public void sweep() {
    try {
      int gone = BATCH;
      while (gone == BATCH) {
        gone =
            db.run(
                """
                DELETE FROM celadon.transactions WHERE (project, id) IN (
                  SELECT project, id FROM celadon.transactions
                  WHERE expires < clock_timestamp() - make_interval(mins => $1)
                  ORDER BY expires LIMIT $2 FOR UPDATE SKIP LOCKED)\
                """,
                GRACE_MINUTES,
                (long) BATCH);
      }
    } catch (RuntimeException error) {
      LOG.warn("cannot take away expired transactions, later: {}", error.toString());
    }
  }
}
