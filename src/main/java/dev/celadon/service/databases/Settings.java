package dev.celadon.service.databases;

import dev.celadon.api.Call;
import dev.celadon.api.Numbers;
import dev.celadon.api.Param;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Kind;
import dev.celadon.domain.documents.guards.Guard;
import dev.celadon.domain.query.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a column: which ones depends on its kind. */
final class Settings {

  static final Param<Boolean> REQUIRED =
      Param.body("required", Rules.bool(), "Whether each row must have a value.");
  static final Param<Boolean> ARRAY =
      Param.body("array", Rules.bool(), "Whether it holds a list.").orElse(false);
  static final Param<Boolean> ENCRYPT =
      Param.body("encrypt", Rules.bool(), "Whether it is stored encrypted.").orElse(false);
  static final Param<List<String>> ELEMENTS =
      Param.body("elements", Rules.list(Rules.text(255), 100), "The values that it allows.");
  static final Param<Object> DEFAULT =
      Param.body("default", Rules.any(), "The value where none is given.").optional();

  /** Beyond the protocol: who may read the column, and who may give it a value. */
  static final Param<Guard> GUARD =
      Param.body("permissions", Guard.rule(), "Who reads and writes it; else as each row says.")
          .optional();

  /** The parameters that make a column of this kind, beside its key. */
  static List<Param<?>> making(Kind kind) {
    var params = new ArrayList<Param<?>>();
    if (kind.sized()) params.add(size(kind));
    if (kind == Kind.ENUM) params.add(ELEMENTS);
    params.add(REQUIRED);
    params.addAll(bounds(kind));
    params.add(DEFAULT);
    if (kind.listed()) params.add(ARRAY);
    if (kind.encryptable()) params.add(ENCRYPT);
    params.add(GUARD);
    return params;
  }

  /** The parameters that change a column of this kind, beside its key. */
  static List<Param<?>> changing(Kind kind) {
    var params = new ArrayList<Param<?>>();
    if (kind == Kind.ENUM) params.add(ELEMENTS);
    params.add(REQUIRED);
    params.addAll(bounds(kind));
    params.add(DEFAULT);
    if (kind.sized()) params.add(size(kind).optional());
    params.add(GUARD);
    return params;
  }

  private static Param<Long> size(Kind kind) {
    return Param.body("size", Rules.integer(1, kind.maxSize()), "The most characters.");
  }

  private static List<Param<?>> bounds(Kind kind) {
    if (!kind.ranged()) return List.of();
    return List.of(bound(kind, "min", "The least value."), bound(kind, "max", "The greatest."));
  }

  private static Param<Number> bound(Kind kind, String name, String doc) {
    return Param.body(name, number(kind), doc).optional();
  }

  private static Rule<Number> number(Kind kind) {
    return kind.stored() == Type.INTEGER
        ? Rules.mapped(Rules.integer(), n -> n)
        : Rules.mapped(Rules.number(), n -> n);
  }

  /** What a call that makes a column asks for. */
  static Column.Settings of(Call call, Kind kind) {
    return new Column.Settings(
        call.get(REQUIRED),
        kind.listed() && call.get(ARRAY),
        kind.sized() ? call.get(size(kind)) : 0,
        kind.ranged() ? call.find(bound(kind, "min", "")) : null,
        kind.ranged() ? call.find(bound(kind, "max", "")) : null,
        call.find(DEFAULT),
        kind == Kind.ENUM ? call.get(ELEMENTS) : List.of(),
        kind.encryptable() && call.get(ENCRYPT));
  }

  /** {@code old} with what the call gives; a default or a bound given as null is taken away. */
  static Column.Settings changed(Call call, Kind kind, Column.Settings old) {
    Long size = kind.sized() ? call.find(size(kind).optional()) : null;
    return new Column.Settings(
        call.get(REQUIRED),
        old.array(),
        size == null ? old.size() : size,
        kind.ranged() ? kept(call, bound(kind, "min", ""), old.min()) : null,
        kind.ranged() ? kept(call, bound(kind, "max", ""), old.max()) : null,
        kept(call, DEFAULT, call.get(REQUIRED) ? null : old.fallback()),
        kind == Kind.ENUM ? call.get(ELEMENTS) : List.of(),
        old.encrypt());
  }

  /** The permissions that a call gives a new column. */
  static Guard guard(Call call) {
    var guard = call.find(GUARD);
    return guard == null ? Guard.NONE : guard;
  }

  /** Those that a call changes a column to: null or none takes them away, nothing leaves them. */
  static @Nullable Guard changedGuard(Call call) {
    return call.given(GUARD) ? guard(call) : null;
  }

  private static <T> @Nullable T kept(Call call, Param<T> param, @Nullable T old) {
    return call.given(param) ? call.find(param) : old;
  }

  /** A whole or a broken number, whichever it is. */
  static @Nullable Number number(@Nullable Object raw) {
    var whole = Numbers.whole(raw);
    if (whole != null) return whole;
    return raw instanceof Number number ? (Number) number.doubleValue() : null;
  }

  private Settings() {}
}
