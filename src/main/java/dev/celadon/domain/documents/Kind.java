package dev.celadon.domain.documents;

import dev.celadon.domain.query.Type;
import org.jspecify.annotations.Nullable;

/** The kinds of columns: how each is called on the wire, and what it stores. */
public enum Kind {
  STRING("string", "String", "string", null, Type.TEXT, 1_073_741_824),
  VARCHAR("varchar", "Varchar", "varchar", null, Type.TEXT, 16_381),
  TEXT("text", "Text", "text", null, Type.TEXT, 16_383),
  MEDIUMTEXT("mediumtext", "Mediumtext", "mediumtext", null, Type.TEXT, 4_194_303),
  LONGTEXT("longtext", "Longtext", "longtext", null, Type.TEXT, 1_073_741_823),
  INTEGER("integer", "Integer", "integer", null, Type.INTEGER, 0),
  BIGINT("bigint", "BigInt", "bigint", null, Type.INTEGER, 0),
  FLOAT("float", "Float", "double", null, Type.FLOAT, 0),
  BOOLEAN("boolean", "Boolean", "boolean", null, Type.BOOLEAN, 0),
  DATETIME("datetime", "Datetime", "datetime", "", Type.TIME, 0),
  EMAIL("email", "Email", "string", "email", Type.TEXT, 254),
  ENUM("enum", "Enum", "string", "enum", Type.TEXT, 255),
  IP("ip", "Ip", "string", "ip", Type.TEXT, 39),
  URL("url", "Url", "string", "url", Type.TEXT, 2_000);

  private final String path;
  private final String method;
  private final String type;
  private final @Nullable String format;
  private final Type stored;
  private final int maxSize;

  Kind(String path, String method, String type, @Nullable String format, Type stored, int maxSize) {
    this.path = path;
    this.method = method;
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
    return method;
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

  /** Whether a column of this kind says its own size. */
  public boolean sized() {
    return this == STRING || this == VARCHAR;
  }

  /** Whether a column of this kind may have a least and a greatest value. */
  public boolean ranged() {
    return stored == Type.INTEGER || stored == Type.FLOAT;
  }

  /** The kind meant by {@code type} and {@code format}, as a table's inline columns say it. */
  public static @Nullable Kind of(String type, String format) {
    for (var kind : values()) {
      if (kind.path.equals(format) && "string".equals(type)) return kind;
    }
    for (var kind : values()) {
      if (kind.path.equals(type) || kind.type.equals(type)) return kind;
    }
    return null;
  }
}
