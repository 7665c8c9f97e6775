package dev.celadon.service.databases;

import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;

/** The transaction that a call of an endpoint of rows may name, to take part in it. */
public final class Staging {

  public static final String NAME = "transactionId";

  private static final String DOC = "The transaction to take part in.";
  private static final Rule<String> ID = Rules.id();

  /** Clients send an empty text for none. */
  private static final Rule<String> RULE =
      Rules.rule(ID.schema(), raw -> "".equals(raw) ? "" : ID.accept(raw));

  /** In calls that read. */
  public static final Param<String> QUERY = Param.query(NAME, RULE, DOC).orElse("");

  /** In calls that write. */
  public static final Param<String> BODY = Param.body(NAME, RULE, DOC).orElse("");

  /** Whether calls of {@code endpoint} may take part in a transaction. */
  static boolean offered(Endpoint endpoint) {
    return endpoint.params().stream()
        .anyMatch(param -> param.name().equals(NAME) && param.in() != Param.In.PATH);
  }

  /** The transaction that {@code call} names, or an empty text. */
  static String of(Call call) {
    return call.get(BODY);
  }

  private Staging() {}
}
