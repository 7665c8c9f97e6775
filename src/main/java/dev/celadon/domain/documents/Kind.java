package dev.celadon.domain.documents;

import dev.celadon.domain.query.Type;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of columns: how each is called on the wire, and what it stores. */
public enum Kind {
  STRING("string", "string", null, Type.TEXT, 1_073_741_824),
  VARCHAR("varchar", "varchar", null, Type.TEXT, 16_381),
  TEXT("text", "text", null, Type.TEXT, 16_383),
  MEDIUMTEXT("mediumtext", "mediumtext", null, Type.TEXT, 4_194_303),
  LONGTEXT("longtext", "longtext", null, Type.TEXT, 1_073_741_823),
  INTEGER("integer", "integer", null, Type.INTEGER, 0),
  BIGINT("bigint", "bigint", null, Type.INTEGER, 0),
  FLOAT("float", "double", null, Type.FLOAT, 0),
  BOOLEAN("boolean", "boolean", null, Type.BOOLEAN, 0),
  DATETIME("datetime", "datetime", "", Type.TIME, 0),
  EMAIL("email", "string", "email", Type.TEXT, 254),
  ENUM("enum", "string", "enum", Type.TEXT, 255),
  IP("ip", "string", "ip", Type.TEXT, 39),
  URL("url", "string", "url", Type.TEXT, 2_000),
  POINT("point", "point", null, Type.POINT, 0),
  LINE("line", "linestring", null, Type.LINE, 0),
  POLYGON("polygon", "polygon", null, Type.POLYGON, 0),
  /** The text of a whole free document; nobody makes a column of this kind. */
  DOCUMENT("", "", null, Type.TEXT, 0);

  /** The kinds that columns are made of. */
  public static List<Kind> columns() {
    return Stream.of(values()).filter(kind -> kind != DOCUMENT).toList();
  }

  private final String path;
  private final String type;
  private final @Nullable String format;
  private final Type stored;
  private final int maxSize;

  Kind(String path, String type, @Nullable String format, Type stored, int maxSize) {
    this.path = path;
    this.type = type;
    this.format = format;
    this.stored = stored;
    this.maxSize = maxSize;
  }

  /** The last part of the path that makes one. */
  public String path() {
    return path;
  }

  /** The word in the names of SDK methods. */
  public String method() {
    return this == BIGINT
        ? "BigInt"
        : path.substring(0, 1).toUpperCase(Locale.ROOT) + path.substring(1);
  }

  /** The {@code type} that clients see. */
  public String type() {
    return type;
  }

  /** The {@code format} that clients see; null where the kind shows none. */
  public @Nullable String format() {
    return format;
  }

  public Type stored() {
    return stored;
  }

  /** The most characters of a value; 0 where values are no text. */
  public int maxSize() {
    return maxSize;
  }

  /** Whether what a column of the kind {@code other} holds is the same in one of this kind. */
  public boolean takes(Kind other) {
    boolean plain = stored == Type.TEXT || stored == Type.INTEGER;
    return this == other || (plain && format == null && stored == other.stored);
  }

  /** Whether a column of this kind says its own size. */
  public boolean sized() {
    return this == STRING || this == VARCHAR;
  }

  /** The most characters of a value in a column of this kind; 0 where values are no text. */
  public long most(Column.Settings settings) {
    return sized() ? settings.size() : maxSize;
  }

  /** Whether a column of this kind may be stored encrypted. */
  public boolean encryptable() {
    return maxSize > 0 && format == null;
  }

  /** Whether a column of this kind may hold a list of values. */
  public boolean listed() {
    return !stored.spatial();
  }

  /** Whether a column of this kind may have a least and a greatest value. */
  public boolean ranged() {
    return stored == Type.INTEGER || stored == Type.FLOAT;
  }

  /** The kind meant by {@code type} and {@code format}, as a table's inline columns say it. */
  public static @Nullable Kind of(String type, String format) {
    for (var kind : columns()) {
      if (kind.path.equals(format) && "string".equals(type)) return kind;
    }
    for (var kind : columns()) {
      if (kind.path.equals(type) || kind.type.equals(type)) return kind;
    }
    return null;
  }
}
