package dev.celadon.store;

import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** What the driver reports, in the words of {@link Db}. */
final class Refusals {

  /** All that the pool says, without a type, when no connection became free in time. */
  private static final Set<String> POOL_TIMEOUTS =
      Set.of("Timeout", "Timeout waiting for connection");

  private Refusals() {}

  /** The typed failure for what the driver reports, or that very failure when there is none. */
  static Throwable of(Throwable failure) {
    if (failure instanceof PgException e) {
      return ofState(e);
    }
    if (failure instanceof IOException
        || failure instanceof TimeoutException
        || ofConnection(failure)
        || failure instanceof ConnectionPoolTooBusyException
        || POOL_TIMEOUTS.contains(String.valueOf(failure.getMessage()))) {
      return new Db.Unavailable("PostgreSQL: " + failure.getMessage());
    }
    return failure;
  }

  /** A connection that broke, was closed, or took no more statements: these have no type either. */
  private static boolean ofConnection(Throwable failure) {
    return failure instanceof VertxException && !(failure instanceof DatabaseException);
  }

  private static RuntimeException ofState(PgException e) {
    String state = e.getSqlState();
    if (state == null) {
      return e;
    }
    return switch (state) {
      case "23505" -> new Db.Conflict(e.getConstraint());
      case "57014" -> new Db.TimedOut();
      // Shut down by the administrator, crashed, not started yet, too many connections.
      case "57P01", "57P02", "57P03", "53300" -> unavailable(e);
      default -> {
        if (state.startsWith("CE")) yield new Db.Raised(state, e.getErrorMessage());
        yield state.startsWith("08") ? unavailable(e) : e;
      }
    };
  }

  private static Db.Unavailable unavailable(PgException e) {
    return new Db.Unavailable("PostgreSQL: " + e.getErrorMessage());
  }
}
