package dev.celadon.domain.documents.schemas;

import dev.celadon.api.Permission;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Values;
import dev.celadon.domain.documents.guards.Guard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When two ways of writing something mean the same. */
final class Sameness {

  static boolean settings(Column.Settings a, Column.Settings b) {
    return a.required() == b.required()
        && a.array() == b.array()
        && a.encrypt() == b.encrypt()
        && a.size() == b.size()
        && values(a.min(), b.min())
        && values(a.max(), b.max())
        && values(a.fallback(), b.fallback())
        && a.elements().equals(b.elements());
  }

  /** 1 and 1.0 are one number. */
  private static boolean values(@Nullable Object a, @Nullable Object b) {
    return (a instanceof Number m && b instanceof Number n)
        ? Values.exact(m).compareTo(Values.exact(n)) == 0
        : Objects.equals(a, b);
  }

  static boolean permissions(List<Permission> a, List<Permission> b) {
    return new HashSet<>(a).equals(new HashSet<>(b));
  }

  static boolean guards(Guard a, Guard b) {
    return permissions(a.permissions(), b.permissions());
  }

  /** Orders of {@code columns} columns; those that are not given ascend. */
  static boolean orders(List<String> a, List<String> b, int columns) {
    return padded(a, "ASC", columns).equals(padded(b, "ASC", columns));
  }

  static boolean lengths(List<Long> a, List<Long> b, int columns) {
    return padded(a, 0L, columns).equals(padded(b, 0L, columns));
  }

  private static <T> List<T> padded(List<T> list, T with, int size) {
    var padded = new ArrayList<T>(list);
    padded.addAll(Collections.nCopies(Math.max(0, size - list.size()), with));
    return padded;
  }

  private Sameness() {}
}
