package dev.celadon.service.databases;

import static dev.celadon.api.Endpoint.patch;
import static dev.celadon.api.Endpoint.post;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.relations.Relation;
import dev.celadon.domain.documents.relations.RelationColumns;
import java.util.List;

/** Makes and changes columns that lead to the rows of another table. */
final class Relationships {

  private static final Param<String> TYPE =
      Param.body("type", Rules.oneOf(Relation.Kind.names()), "How many belong to how many.");
  private static final Param<Boolean> TWO_WAY =
      Param.body("twoWay", Rules.bool(), "Whether the other side shows it, too.").orElse(false);
  private static final Param<String> KEY =
      Param.body("key", Rules.key(), "What it is called; else as the other side's id.").optional();
  private static final Param<String> TWO_WAY_KEY =
      Param.body("twoWayKey", Rules.key(), "What the other side calls it.").optional();
  private static final Param<String> ON_DELETE =
      Param.body(
          "onDelete",
          Rules.oneOf(Relation.OnDelete.names()),
          "What becomes of those that are linked to one that is deleted.");
  private static final Param<String> NEW_KEY =
      Param.body("newKey", Rules.key(), "What it shall be called.").optional();

  static List<Action> in(Dialect words, Models models, RelationColumns columns) {
    return List.of(create(words, models, columns), update(words, models, columns));
  }

  private static Action create(Dialect words, Models models, RelationColumns columns) {
    var table = words.tableId();
    var related =
        Param.body(
            "related" + Dialect.capital(words.table) + "Id",
            Rules.id(),
            "The " + words.table + " that it leads to, in the same database.");
    var onDelete = ON_DELETE.orElse("restrict");
    return post(words.columns() + "/relationship")
        .named(words.service, "createRelationship" + Dialect.capital(words.column))
        .doc(
            "Create relationship " + words.column,
            "Adds one, and with `twoWay` one on the other side; no " + words.row + " is linked.")
        .params(
            Names.DATABASE,
            table,
            related,
            TYPE,
            TWO_WAY,
            KEY,
            TWO_WAY_KEY,
            onDelete,
            Settings.GUARD)
        .scopes(words.writeTables())
        .audits(Names.TABLE_AUDIT)
        .emits(words.event(Names.COLUMN_EVENT + "create"))
        .returns(
            202,
            models.relationship(),
            call ->
                columns.create(
                    call.change(),
                    Names.place(call, table),
                    new RelationColumns.Draft(
                        call.get(related),
                        Relation.Kind.of(call.get(TYPE)),
                        call.get(TWO_WAY),
                        call.find(KEY),
                        call.find(TWO_WAY_KEY),
                        Relation.OnDelete.of(call.get(onDelete)),
                        Settings.guard(call))));
  }

  private static Action update(Dialect words, Models models, RelationColumns columns) {
    var table = words.tableId();
    var onDelete = ON_DELETE.optional();
    var path =
        words == Dialect.DATABASES
            ? words.columns() + "/relationship/{key}"
            : words.columns() + "/{key}/relationship";
    return patch(path)
        .named(words.service, "updateRelationship" + Dialect.capital(words.column))
        .doc(
            "Update relationship " + words.column,
            "Renames it, or says anew what becomes of those that are linked.")
        .params(Names.DATABASE, table, Names.KEY, onDelete, NEW_KEY, Settings.GUARD)
        .scopes(words.writeTables())
        .audits(Names.TABLE_AUDIT)
        .emits(words.event(Names.COLUMN_EVENT + "update"))
        .returns(
            200,
            models.relationship(),
            call -> {
              var rule = call.find(onDelete);
              return columns.update(
                  call.change(),
                  Names.place(call, table),
                  call.get(Names.KEY),
                  new RelationColumns.Update(
                      rule == null ? null : Relation.OnDelete.of(rule),
                      call.find(NEW_KEY),
                      Settings.changedGuard(call)));
            });
  }

  private Relationships() {}
}
