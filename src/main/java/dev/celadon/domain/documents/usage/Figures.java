package dev.celadon.domain.documents.usage;

import java.time.Instant;
import java.util.List;

/**
 * Figures of a project, a database or a table.
 *
 * @param databases how many there are now; the same for tables and rows
 * @param bytes what the tables take on disk now, with their indexes
 * @param made what was made in each period
 * @param writes how many changes of rows there were in each period
 */
public record Figures(
    Span span, long databases, long tables, long rows, long bytes, Made made, List<Metric> writes) {

  /** What was made in each period, whether or not it is still there. */
  public record Made(List<Metric> databases, List<Metric> tables, List<Metric> rows) {}

  /** The figure of the period that begins at {@code date}. */
  public record Metric(Instant date, long value) {}

  /** All changes of rows. */
  public long written() {
    return writes.stream().mapToLong(Metric::value).sum();
  }
}
