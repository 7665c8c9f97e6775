package dev.celadon.service.databases;

import dev.celadon.api.Call;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Param;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;

/**
 * The transaction that a call may name. None can be begun yet, so every one is unknown: whoever
 * names one is told so, instead of being left to believe that a write waits to be committed.
 */
public final class Staging {

  private static final String NAME = "transactionId";
  private static final String DOC = "The transaction to take part in.";
  private static final Rule<String> ID = Rules.id();

  /** Clients send an empty text for none. */
  private static final Rule<String> RULE =
      Rules.rule(ID.schema(), raw -> "".equals(raw) ? "" : ID.accept(raw));

  /** In calls that read. */
  public static final Param<String> QUERY = Param.query(NAME, RULE, DOC).orElse("");

  /** In calls that write. */
  public static final Param<String> BODY = Param.body(NAME, RULE, DOC).orElse("");

  /**
   * Refuses a call that names a transaction.
   *
   * @throws Failure {@link Fault#TRANSACTION_NOT_FOUND}
   */
  public static void requireNone(Call call) {
    var id = call.get(BODY);
    if (!id.isEmpty()) throw Failure.with(Fault.TRANSACTION_NOT_FOUND, id);
  }

  private Staging() {}
}
