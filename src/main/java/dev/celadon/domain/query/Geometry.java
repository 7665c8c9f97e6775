package dev.celadon.domain.query;

import io.vertx.core.json.JsonArray;
import org.jspecify.annotations.Nullable;

/**
 * Points, lines and polygons as lists of coordinates. A point is {@code [longitude, latitude]} in
 * degrees, a line at least two points, a polygon a list of rings: the first around it, the others
 * around its holes, each at least four points, the last of which is the first again.
 */
final class Geometry {

  /** The most points of one line or polygon. */
  static final int MAX_POINTS = 10_000;

  /** The geometry that {@code raw} spells, its numbers as doubles; null where it is not one. */
  static @Nullable JsonArray read(Type type, @Nullable Object raw) {
    if (!(raw instanceof JsonArray array)) return null;
    return switch (type) {
      case POINT -> point(array);
      case LINE -> points(array, 2);
      case POLYGON -> polygon(array);
      default -> null;
    };
  }

  /** What kind of geometry {@code raw} would be, by the depth of its lists; null for none. */
  static @Nullable Type typeOf(@Nullable Object raw) {
    var types = new Type[] {Type.POINT, Type.LINE, Type.POLYGON};
    var inner = raw;
    for (var type : types) {
      if (!(inner instanceof JsonArray array) || array.isEmpty()) return null;
      inner = array.getValue(0);
      if (inner instanceof Number) return type;
    }
    return null;
  }

  private static @Nullable JsonArray polygon(JsonArray rings) {
    int points = 0;
    var all = new JsonArray();
    for (int i = 0; i < rings.size(); i++) {
      var ring = rings.getValue(i) instanceof JsonArray array ? points(array, 4) : null;
      if (ring == null) return null;
      if (!ring.getJsonArray(0).equals(ring.getJsonArray(ring.size() - 1))) return null;
      points += ring.size();
      if (points > MAX_POINTS) return null;
      all.add(ring);
    }
    return all.isEmpty() ? null : all;
  }

  private static @Nullable JsonArray points(JsonArray array, int least) {
    if (array.size() < least || array.size() > MAX_POINTS) return null;
    var all = new JsonArray();
    for (int i = 0; i < array.size(); i++) {
      var point = array.getValue(i) instanceof JsonArray inner ? point(inner) : null;
      if (point == null) return null;
      all.add(point);
    }
    return all;
  }

  private static @Nullable JsonArray point(JsonArray pair) {
    if (pair.size() != 2) return null;
    var x = degrees(pair.getValue(0), 180);
    var y = degrees(pair.getValue(1), 90);
    return x == null || y == null ? null : JsonArray.of(x, y);
  }

  private static @Nullable Double degrees(@Nullable Object raw, int most) {
    if (!(raw instanceof Number number)) return null;
    double value = number.doubleValue();
    // Adding zero makes one of the two zeros, which PostgreSQL does not tell apart.
    return Math.abs(value) <= most ? (Double) (value + 0.0) : null;
  }

  /** A point as PostgreSQL reads it. */
  static String pointText(JsonArray point) {
    return "(" + point.getDouble(0) + "," + point.getDouble(1) + ")";
  }

  /** A ring as PostgreSQL reads a polygon, which closes itself. */
  static String ringText(JsonArray ring) {
    var text = new StringBuilder("(");
    for (int i = 0; i < ring.size() - 1; i++) {
      if (i > 0) text.append(',');
      text.append(pointText(ring.getJsonArray(i)));
    }
    return text.append(')').toString();
  }

  private Geometry() {}
}
