package dev.celadon.domain.documents.transfer;

import dev.celadon.api.Ids;
import dev.celadon.api.Permission;
import dev.celadon.api.PermissionWords;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.RowChanges;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Rows that stand among others: each says its own id and permissions beside its values. */
public final class Drafts {

  static final String ID = "$id";
  static final String PERMISSIONS = "$permissions";

  private static final Rule<String> NEW_ID = Rules.newId();
  private static final Rule<List<Permission>> GRANTED = PermissionWords.rule();

  /** What is to be stored; a row without an id gets one. */
  public static RowChanges.Draft of(JsonObject row) throws Rule.Refused {
    var id = row.getValue(ID, Ids.UNIQUE);
    if (id == null) throw new Rule.Refused("has no $id");
    var permissions = row.getValue(PERMISSIONS);
    return new RowChanges.Draft(
        NEW_ID.accept(id), row, permissions == null ? null : GRANTED.accept(permissions));
  }

  private Drafts() {}
}
