package dev.celadon.service.databases.rows;

import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.RowChanges;
import dev.celadon.domain.documents.Rows;
import dev.celadon.domain.documents.transfer.Drafts;
import dev.celadon.service.databases.Dialect;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Many rows in one call: each an object with {@code $id}, {@code $permissions} and its values. */
final class Bulk {

  /** At most {@code most} rows. */
  static Rule<List<RowChanges.Draft>> rule(int most) {
    return Rules.list(Rules.mapped(Rules.object(), Drafts::of), most);
  }

  /** All rows of a change as a list. */
  static Buffer answer(Dialect words, List<String> rows) {
    return Rows.list(rows.size(), words.row + "s", rows);
  }

  static Buffer first(List<String> rows) {
    return Buffer.buffer(rows.getFirst());
  }

  private Bulk() {}
}
