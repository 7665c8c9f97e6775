package dev.celadon.domain.query;

/**
 * What can be asked of geometry: everything where the server has PostGIS, or else what PostgreSQL's
 * own types answer.
 *
 * @param postgis the schema that PostGIS is installed in, as it is written in SQL; empty without
 */
public record Spatial(String postgis) {

  /** PostgreSQL alone. */
  public static final Spatial NATIVE = new Spatial("");

  /** Whether every kind of question has an answer. */
  public boolean complete() {
    return !postgis.isEmpty();
  }

  /** The expression that an index of the geometry in {@code column} is of. */
  public String indexed(Type type, String column) {
    if (complete()) return "celadon.geometry_of(" + column + ")";
    return type == Type.POINT ? point(column) : ring(column);
  }

  /** Whether geometry of this type can have an index. */
  public boolean indexes(Type type) {
    return type.spatial() && (complete() || type != Type.LINE);
  }

  static String point(String column) {
    return "celadon.point_of(" + column + ")";
  }

  /** The outer ring of a polygon. */
  static String ring(String column) {
    return "celadon.ring_of(" + column + " -> 0)";
  }
}
