package dev.celadon.domain.documents.relations;

import dev.celadon.api.Actor;
import dev.celadon.api.Permission;
import dev.celadon.domain.documents.Access;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.query.Sql;

/** Which rows of a related table are there for a caller. */
final class Visible {

  /** A condition on the rows of {@code table}, which goes by {@code t}. */
  static Sql to(Actor actor, Table table) {
    if (!actor.privileged() && !(table.active() && table.enabled())) return Sql.of("FALSE");
    return Access.of(actor, table, Permission.Kind.READ).condition();
  }

  private Visible() {}
}
