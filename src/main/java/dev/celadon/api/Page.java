package dev.celadon.api;

import java.util.List;
import java.util.function.Function;

/** One page of a list. {@code total} counts all that match, or is 0 when it was not asked for. */
public record Page<T>(long total, List<T> items) {

  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    return new Page<>(total, items.stream().<R>map(change).toList());
  }
}
