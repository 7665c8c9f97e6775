package dev.celadon.store;

/**
 * The ways to PostgreSQL, by the kind of work: each statement takes the one that suits it. Within a
 * transaction all are the same: {@link #of}.
 */
public interface Lanes {

  /** For reads and writes by key. */
  Db point();

  /** For pages that nothing narrows much. */
  Db page();

  /** For other lists, planned anew each time. */
  Db list();

  /** For transactions and for DDL. */
  Db transactions();

  /** Everything goes through {@code tx}, in its order, and is kept or undone with it. */
  static Lanes of(Db tx) {
    record One(Db point, Db page, Db list, Db transactions) implements Lanes {}
    return new One(tx, tx, tx, tx);
  }
}
