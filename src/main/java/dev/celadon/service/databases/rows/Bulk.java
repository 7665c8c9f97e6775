package dev.celadon.service.databases.rows;

import dev.celadon.api.Ids;
import dev.celadon.api.Permission;
import dev.celadon.api.PermissionWords;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.RowChanges;
import dev.celadon.domain.documents.Rows;
import dev.celadon.service.databases.Dialect;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many rows in one call: each an object with {@code $id}, {@code $permissions} and its values. */
final class Bulk {

  private static final Rule<String> NEW_ID = Rules.newId();
  private static final Rule<List<Permission>> PERMISSIONS = PermissionWords.rule();

  static Rule<List<RowChanges.Draft>> rule() {
    return Rules.list(Rules.mapped(Rules.object(), Bulk::draft), RowChanges.MAX_BULK);
  }

  private static RowChanges.Draft draft(JsonObject row) throws Rule.Refused {
    var id = row.getValue("$id", Ids.UNIQUE);
    if (id == null) throw new Rule.Refused("has no $id");
    return new RowChanges.Draft(NEW_ID.accept(id), row, permissions(row));
  }

  private static @Nullable List<Permission> permissions(JsonObject row) throws Rule.Refused {
    var permissions = row.getValue("$permissions");
    return permissions == null ? null : PERMISSIONS.accept(permissions);
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
