package dev.celadon.domain.query;

import dev.celadon.api.Numbers;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an attribute holds, and how a value of it goes to PostgreSQL. */
public enum Type {
  TEXT("text"),
  INTEGER("bigint"),
  FLOAT("double precision"),
  BOOLEAN("boolean"),
  TIME("timestamptz"),
  POINT("jsonb"),
  LINE("jsonb"),
  POLYGON("jsonb"),
  /** Text that is stored encrypted: shown, but nothing to ask for. */
  SEALED("text"),
  /** A value of a free document, of whatever type. */
  JSON("jsonb");

  private final String sql;

  Type(String sql) {
    this.sql = sql;
  }

  /** The SQL name of the type of one value. */
  public String sql() {
    return sql;
  }

  /** Whether values of this type are before or after each other. */
  public boolean ordered() {
    return switch (this) {
      case TEXT, INTEGER, FLOAT, TIME, JSON -> true;
      case BOOLEAN, POINT, LINE, POLYGON, SEALED -> false;
    };
  }

  /** Whether values of this type are geometry: lists of coordinates. */
  public boolean spatial() {
    return this == POINT || this == LINE || this == POLYGON;
  }

  /** The JSON value {@code raw} as the driver wants it, or null where it does not fit. */
  public @Nullable Object accept(@Nullable Object raw) {
    return switch (this) {
      case TEXT, SEALED -> raw instanceof String ? raw : null;
      case INTEGER -> Numbers.whole(raw);
      case FLOAT ->
          raw instanceof Number n && Double.isFinite(n.doubleValue()) ? n.doubleValue() : null;
      case BOOLEAN -> raw instanceof Boolean ? raw : null;
      case TIME -> raw instanceof String text ? time(text) : null;
      case POINT, LINE, POLYGON -> Geometry.read(this, raw);
      case JSON -> raw;
    };
  }

  /** Accepted values as the array that the driver wants. */
  public Object[] array(List<?> values) {
    return switch (this) {
      case TEXT, SEALED -> values.toArray(String[]::new);
      case INTEGER -> values.toArray(Long[]::new);
      case FLOAT -> values.toArray(Double[]::new);
      case BOOLEAN -> values.toArray(Boolean[]::new);
      case TIME -> values.toArray(OffsetDateTime[]::new);
      case POINT, LINE, POLYGON, JSON -> values.toArray();
    };
  }

  /**
   * A point in time in ISO 8601: with an offset, without one (then UTC), with a space for the
   * {@code T}, or a date alone. Years 1 to 9999; kept to milliseconds.
   */
  public static @Nullable OffsetDateTime time(String text) {
    if (text.length() < 10 || text.length() > 40) return null;
    try {
      var time = read(text.replaceFirst(" ", "T"));
      if (time.getYear() < 1 || time.getYear() > 9999) return null;
      return time.withNano(time.getNano() / 1_000_000 * 1_000_000);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static OffsetDateTime read(String text) {
    if (text.length() == 10) return LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC);
    var parsed =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    return parsed instanceof LocalDateTime local
        ? local.atOffset(ZoneOffset.UTC)
        : ((OffsetDateTime) parsed).withOffsetSameInstant(ZoneOffset.UTC);
  }
}
