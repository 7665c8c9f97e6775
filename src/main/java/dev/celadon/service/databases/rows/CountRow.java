package dev.celadon.service.databases.rows;

import static dev.celadon.api.Endpoint.patch;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Numbers;
import dev.celadon.api.Param;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.domain.documents.RowChanges;
import dev.celadon.domain.documents.operators.Operator;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Models;
import dev.celadon.service.databases.Names;
import dev.celadon.service.databases.Staging;
import java.util.Arrays;
import java.util.List;

/** Adds to a number of one row, or takes from it, however many do so at once. */
final class CountRow {

  private static final Rule<Number> NUMBER = Rules.rule(Schema.NUMBER, CountRow::number);
  private static final Param<Number> VALUE = Param.body("value", NUMBER, "By how much.").orElse(1L);
  private static final Param<Number> MAX =
      Param.body("max", NUMBER, "What it must not exceed.").optional();
  private static final Param<Number> MIN =
      Param.body("min", NUMBER, "What it must not fall below.").optional();

  static List<Action> in(Dialect words, Models models, RowChanges changes) {
    return List.of(
        in(words, models, changes, Operator.Method.INCREMENT),
        in(words, models, changes, Operator.Method.DECREMENT));
  }

  private static Action in(
      Dialect words, Models models, RowChanges changes, Operator.Method method) {
    var table = words.tableId();
    var id = words.rowId();
    var column = Param.path(words.column, words.key(), "The key of the " + words.column + ".");
    var bound = method == Operator.Method.INCREMENT ? MAX : MIN;
    var noun = Dialect.capital(words.row) + Dialect.capital(words.column);
    return patch(words.oneRow() + "/{" + words.column + "}/" + method)
        .named(words.service, method + noun)
        .doc(
            Dialect.capital(method + " a " + words.column),
            "Changes a number where it is stored; a result beyond its bounds is refused.")
        .params(Names.DATABASE, table, id, column, VALUE, bound, Staging.BODY, Versions.IF_MATCH)
        .scopes(words.writeRows())
        .limits(Names.WRITES)
        .audits(Names.ROW_AUDIT)
        .emits(words.event(Names.ROW_EVENT + "update"))
        .composes(
            200,
            models.row(),
            call ->
                changes.operate(
                    call.change(),
                    Names.place(call, table),
                    new RowChanges.Deed(
                        call.get(id),
                        call.get(column),
                        operator(call, method, bound),
                        call.find(Versions.IF_MATCH))));
  }

  private static Operator operator(Call call, Operator.Method method, Param<Number> bound) {
    return new Operator(method, Arrays.asList(call.get(VALUE), call.find(bound)));
  }

  /** A finite number, exact to 64 bits where it is whole. */
  private static Number number(Object raw) throws Rule.Refused {
    var whole = Numbers.whole(raw);
    if (whole != null) return whole;
    if (raw instanceof Number n && Double.isFinite(n.doubleValue())) return n;
    throw new Rule.Refused("must be a finite number");
  }

  private CountRow() {}
}
