package dev.celadon.service.databases;

import static dev.celadon.api.Endpoint.post;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.Indexes;
import dev.celadon.domain.documents.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a table, with columns and indexes if they are given. */
final class CreateTable {

  private static final Param<String> NAME = Param.body("name", Rules.text(128), "Its name.");
  private static final Param<Boolean> ENABLED =
      Param.body("enabled", Rules.bool(), "Whether clients may use it.").orElse(true);

  static Action in(Dialect words, Models models, Tables tables) {
    var id = Param.body(words.table + "Id", Rules.newId(), "Its id, or `unique()`.");
    var secured =
        Param.body(words.security(), Rules.bool(), "Whether a " + words.row + " grants beside it.")
            .orElse(false);
    var columns =
        Param.body(words.column + "s", Rules.list(Drafts.column(words), 100), "What it holds.")
            .orElse(List.<Drafts.Inline>of());
    var indexes =
        Param.body("indexes", Rules.list(Drafts.index(words), 100), "What finds it fast.")
            .orElse(List.<Indexes.Draft>of());
    var params =
        new ArrayList<Param<?>>(
            List.of(Names.DATABASE, id, NAME, Names.PERMISSIONS, secured, ENABLED, indexes));
    if (!words.free()) params.add(params.size() - 1, columns);
    return post(words.tables())
        .named(words.service, "create" + Dialect.capital(words.table))
        .doc(
            "Create a " + words.table,
            "Makes a " + words.table + " with all that is given; it can be used at once.")
        .params(params)
        .scopes(words.writeTables())
        .audits(Names.TABLE_AUDIT)
        .emits(words.event(Names.TABLE_EVENT + "create"))
        .returns(
            201,
            models.table(),
            call -> {
              var granted = call.find(Names.PERMISSIONS);
              return tables.create(
                  call.change(),
                  Names.place(call, id),
                  new Tables.Draft(
                      call.get(NAME),
                      granted == null ? List.of() : granted,
                      call.get(secured),
                      call.get(ENABLED),
                      given(call.get(columns), Drafts.Inline::column),
                      given(call.get(columns), Drafts.Inline::relation),
                      call.get(indexes)));
            });
  }

  private static <T> List<T> given(
      List<Drafts.Inline> columns, Function<Drafts.Inline, @Nullable T> part) {
    return columns.stream().map(part).filter(Objects::nonNull).toList();
  }

  private CreateTable() {}
}
