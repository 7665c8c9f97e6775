package dev.celadon.event;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in the log: all that {@code seen} sees is behind it and, where it stands inside a batch,
 * of what the batch's snapshot {@code done} sees also the ids up to {@code upTo}. An id alone is no
 * position, because a slow transaction commits low ids after high ones.
 *
 * @param epoch the history in which these transaction ids mean something
 */
public record Position(String epoch, Snapshot seen, @Nullable Snapshot done, long upTo) {

  /** A longer token is a forgery. */
  static final int MAX_TOKEN = 16_384;

  private static final int EPOCH = 12;

  /** The place where everything that {@code seen} sees has been read. */
  public static Position at(String epoch, Snapshot seen) {
    return new Position(epoch, seen, null, 0);
  }

  /** The text that clients keep: of {@code a-z 0-9 . -} only, and opaque to them. */
  public String token() {
    var out = new StringBuilder(64).append(epoch).append('-');
    seen.write(out);
    if (done == null) return out.toString();
    out.append('-');
    done.write(out);
    return out.append('-').append(Long.toString(upTo, 36)).toString();
  }

  /** Reads a token; one never handed out is nothing, and is answered like a foreign one. */
  public static Optional<Position> parse(String token) {
    if (token.length() > MAX_TOKEN) return Optional.empty();
    var parts = token.split("-", -1);
    if (parts.length != 2 && parts.length != 4) return Optional.empty();
    if (!parts[0].matches("[0-9a-f]{" + EPOCH + "}")) return Optional.empty();
    var seen = Snapshot.read(parts[1]);
    if (parts.length == 2) return seen.map(s -> at(parts[0], s));
    var done = Snapshot.read(parts[2]);
    long upTo = Snapshot.number(parts[3]);
    if (seen.isEmpty() || done.isEmpty() || upTo < 0) return Optional.empty();
    return Optional.of(new Position(parts[0], seen.get(), done.get(), upTo));
  }
}
