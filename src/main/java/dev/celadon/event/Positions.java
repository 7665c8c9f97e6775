package dev.celadon.event;

import io.vertx.core.Future;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Reads the log from a place on. The only code that knows how places compare. */
public interface Positions {

  /**
   * The events of {@code projects} behind {@code after}, as many as one reading carries. For null:
   * none, only where the log stands now. Fails only when the log cannot be read.
   */
  Future<Slice> read(Collection<String> projects, @Nullable Position after);
}
