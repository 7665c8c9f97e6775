package dev.celadon.domain.documents.usage;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The time that figures are of, in periods that begin with an hour or a day of UTC. */
public enum Span {
  DAY("24h", ChronoUnit.HOURS, 24),
  MONTH("30d", ChronoUnit.DAYS, 30),
  QUARTER("90d", ChronoUnit.DAYS, 90);

  private final String wire;
  private final ChronoUnit unit;
  private final int periods;

  Span(String wire, ChronoUnit unit, int periods) {
    this.wire = wire;
    this.unit = unit;
    this.periods = periods;
  }

  /** How PostgreSQL calls the length of a period. */
  String unit() {
    return unit == ChronoUnit.HOURS ? "hour" : "day";
  }

  /** When each period begins, the last being the one of {@code now}. */
  List<Instant> periods(Instant now) {
    var last = now.atOffset(ZoneOffset.UTC).truncatedTo(unit).toInstant();
    var all = new ArrayList<Instant>(periods);
    for (int back = periods - 1; back >= 0; back--) all.add(last.minus(back, unit));
    return all;
  }

  @Override
  public String toString() {
    return wire;
  }
}
