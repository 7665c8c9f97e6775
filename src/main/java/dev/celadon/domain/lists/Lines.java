package dev.celadon.domain.lists;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The lines of a file among the resources, but for comments; read when first asked for. */
final class Lines {

  private final String file;
  private volatile @Nullable Set<String> all;

  Lines(String file) {
    this.file = file;
  }

  /** Whether {@code line} is one of them. */
  boolean contain(String line) {
    var known = all;
    // Two who come first together read it twice, which does no harm.
    if (known == null) all = known = read();
    return known.contains(line);
  }

  private Set<String> read() {
    var in = Objects.requireNonNull(Lines.class.getResourceAsStream("/lists/" + file), file);
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("# "))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
