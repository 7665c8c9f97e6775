package dev.celadon.service.databases.insight;

import dev.celadon.api.Action;
import dev.celadon.domain.documents.Documents;
import dev.celadon.service.databases.Dialect;
import java.util.List;
import java.util.stream.Stream;

/** Logs, usage and the server, in one vocabulary. */
public final class InsightActions {

  public static List<Action> in(Dialect words, Documents documents) {
    return Stream.of(
            ReadLogs.in(words, documents),
            ReadUsage.in(words, documents),
            words == Dialect.TABLES_DB ? ReadServer.in(documents) : List.<Action>of())
        .flatMap(List::stream)
        .toList();
  }

  private InsightActions() {}
}
