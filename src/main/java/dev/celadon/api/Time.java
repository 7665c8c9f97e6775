package dev.celadon.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Points in time on the wire: ISO 8601 in UTC with milliseconds, {@code …T09:30:00.000+00:00}. */
public final class Time {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  public static String format(Instant time) {
    return FORM.format(time);
  }

  /** The time that {@code text} spells, in UTC if it says no offset; null if it spells none. */
  public static @Nullable Instant parse(String text) {
    if (text.length() < 16 || text.length() > 40) return null;
    try {
      var parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
      var time =
          parsed instanceof LocalDateTime local
              ? local.atOffset(ZoneOffset.UTC)
              : (OffsetDateTime) parsed;
      return time.getYear() < 1 || time.getYear() > 9999 ? null : time.toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private Time() {}
}
