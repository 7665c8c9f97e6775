package dev.celadon.service.databases.rows;

import dev.celadon.api.Action;
import dev.celadon.domain.documents.Documents;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Models;
import java.util.List;
import java.util.stream.Stream;

/** All that can be done with rows. */
public final class RowActions {

  public static List<Action> in(Dialect words, Models models, Documents documents) {
    return Stream.of(
            List.of(
                CreateRow.in(words, models, documents),
                DeleteRow.in(words, models, documents.changes())),
            List.of(AggregateRows.in(words, documents.rows())),
            ReadRows.in(words, models, documents.rows()),
            ChangeRow.in(words, models, documents),
            CountRow.in(words, models, documents.changes()),
            WriteRows.in(words, models, documents))
        .flatMap(List::stream)
        .toList();
  }

  private RowActions() {}
}
