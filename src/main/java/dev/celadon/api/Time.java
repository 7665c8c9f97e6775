package dev.celadon.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time on the wire: ISO 8601 in UTC with milliseconds, {@code …T09:30:00.000+00:00}. */
public final class Time {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  public static String format(Instant time) {
    return FORM.format(time);
  }

  private Time() {}
}
