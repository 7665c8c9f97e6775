package dev.celadon.domain.query;

import static dev.celadon.domain.query.Filters.invalid;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Query;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compiles the questions that are asked of geometry. Without PostGIS those of points and of what
 * lies in polygons are answered by PostgreSQL's own types; all others are refused.
 */
final class SpatialFilters {

  private static final String METRES = "celadon.metres(";

  private final Spatial spatial;

  SpatialFilters(Spatial spatial) {
    this.spatial = spatial;
  }

  /** Whether these are questions that geometry answers, and perhaps others, too. */
  static boolean take(Query.Method method) {
    return switch (method) {
      case CONTAINS, CONTAINS_ANY, CONTAINS_ALL, NOT_CONTAINS -> true;
      case INTERSECTS, CROSSES, OVERLAPS, TOUCHES -> true;
      case NOT_INTERSECTS, NOT_CROSSES, NOT_OVERLAPS, NOT_TOUCHES -> true;
      case DISTANCE_EQUAL, DISTANCE_NOT_EQUAL -> true;
      case DISTANCE_GREATER_THAN, DISTANCE_LESS_THAN -> true;
      default -> false;
    };
  }

  /** One geometry to compare with. */
  private record Other(Type type, JsonArray value) {}

  /** A condition on {@code attribute}, which holds geometry. */
  Sql of(Query query, Attribute attribute) {
    return switch (query.method()) {
      case INTERSECTS -> relation(query, attribute, "st_intersects", "");
      case NOT_INTERSECTS -> relation(query, attribute, "st_intersects", "NOT ");
      case CROSSES -> relation(query, attribute, "st_crosses", "");
      case NOT_CROSSES -> relation(query, attribute, "st_crosses", "NOT ");
      case OVERLAPS -> relation(query, attribute, "st_overlaps", "");
      case NOT_OVERLAPS -> relation(query, attribute, "st_overlaps", "NOT ");
      case TOUCHES -> relation(query, attribute, "st_touches", "");
      case NOT_TOUCHES -> relation(query, attribute, "st_touches", "NOT ");
      case CONTAINS, CONTAINS_ANY -> contains(query, attribute, " OR ", "");
      case NOT_CONTAINS -> contains(query, attribute, " OR ", "NOT ");
      case CONTAINS_ALL -> contains(query, attribute, " AND ", "");
      case DISTANCE_EQUAL -> distance(query, attribute, " = ");
      case DISTANCE_NOT_EQUAL -> distance(query, attribute, " <> ");
      case DISTANCE_GREATER_THAN -> distance(query, attribute, " > ");
      case DISTANCE_LESS_THAN -> distance(query, attribute, " < ");
      default -> throw invalid(query.method() + " cannot be asked of geometry");
    };
  }

  private Sql relation(Query query, Attribute attribute, String function, String not) {
    var others = others(query, query.values());
    if (others.size() != 1) throw invalid(query.method() + " takes one geometry");
    return Sql.of(not)
        .add("(")
        .add(related(query, attribute, function, others.getFirst()))
        .add(")");
  }

  private Sql contains(Query query, Attribute attribute, String word, String not) {
    var sql = Sql.of(not).add("(");
    var others = others(query, query.values());
    for (int i = 0; i < others.size(); i++) {
      if (i > 0) sql.add(word);
      sql.add("(").add(related(query, attribute, "st_contains", others.get(i))).add(")");
    }
    return sql.add(")");
  }

  private Sql related(Query query, Attribute attribute, String function, Other other) {
    var column = attribute.column();
    if (spatial.complete()) {
      var sql = Sql.of(spatial.postgis() + "." + function + "(celadon.geometry_of(" + column);
      return sql.add("), ").add(geometry(other)).add(")");
    }
    boolean meets = function.equals("st_intersects");
    boolean within = meets || function.equals("st_contains");
    if (within && other.type == Type.POINT && attribute.type() == Type.POINT) {
      return Sql.of(Spatial.point(column)).add(" ~= ").add(point(other.value));
    }
    if (within && other.type == Type.POINT && attribute.type() == Type.POLYGON) {
      return Sql.of(Spatial.ring(column) + " @> ")
          .add(point(other.value))
          .add(" AND celadon.outside_holes(" + column + ", ")
          .add(point(other.value))
          .add(")");
    }
    if (meets && other.type == Type.POLYGON && attribute.type() == Type.POINT) {
      var ring = Geometry.ringText(other.value.getJsonArray(0));
      var sql = Sql.of(Spatial.point(column)).add(" <@ ").arg(ring, "text::polygon");
      if (other.value.size() == 1) return sql;
      sql.add(" AND celadon.outside_holes(").arg(other.value, "jsonb");
      return sql.add(", " + Spatial.point(column) + ")");
    }
    throw unsupported(query, attribute, other);
  }

  private Sql distance(Query query, Attribute attribute, String operator) {
    if (query.values().size() != 1
        || !(query.values().getFirst() instanceof JsonArray given)
        || given.size() < 2
        || given.size() > 3) {
      throw invalid(query.method() + " takes one list: geometry, distance, whether in metres");
    }
    var other = other(query, given.getValue(0));
    double far = given.getValue(1) instanceof Number number ? number.doubleValue() : Double.NaN;
    boolean metres = given.size() == 2 || Boolean.TRUE.equals(given.getValue(2));
    boolean said = given.size() == 2 || given.getValue(2) instanceof Boolean;
    if (!(far >= 0) || !Double.isFinite(far) || !said) {
      throw invalid(query.method() + ": the distance is a number from 0, metres is a boolean");
    }
    boolean points = attribute.type() == Type.POINT && other.type == Type.POINT;
    if (!points && !spatial.complete()) throw unsupported(query, attribute, other);
    var sql = Sql.of("(");
    if (points && operator.equals(" < ")) sql.add(near(attribute, other.value, far, metres));
    sql.add(length(attribute, other, points, metres));
    return sql.add(operator).arg(far, "double precision").add(")");
  }

  private Sql length(Attribute attribute, Other other, boolean points, boolean metres) {
    var column = attribute.column();
    if (points && metres) {
      return Sql.of(METRES + Spatial.point(column) + ", ").add(point(other.value)).add(")");
    }
    if (points) return Sql.of(Spatial.point(column)).add(" <-> ").add(point(other.value));
    var function = metres ? ".st_distancesphere(" : ".st_distance(";
    return Sql.of(spatial.postgis() + function + "celadon.geometry_of(" + column + "), ")
        .add(geometry(other))
        .add(")");
  }

  /** A window around what is near enough, which an index can look through. */
  private Sql near(Attribute attribute, JsonArray place, double far, boolean metres) {
    var window = Window.around(place.getDouble(0), place.getDouble(1), far, metres);
    var column = attribute.column();
    if (!spatial.complete()) {
      return Sql.of(Spatial.point(column)).add(" <@ ").arg(window.text(), "text::box").add(" AND ");
    }
    var sql = Sql.of("celadon.geometry_of(" + column + ") OPERATOR(" + spatial.postgis() + ".&&) ");
    sql.add(spatial.postgis() + ".st_makeenvelope(").arg(window.left(), "float8").add(", ");
    sql.arg(window.bottom(), "float8").add(", ").arg(window.right(), "float8").add(", ");
    return sql.arg(window.top(), "float8").add(", 4326) AND ");
  }

  private static Sql point(JsonArray place) {
    return new Sql().arg(Geometry.pointText(place), "text::point");
  }

  private static Sql geometry(Other other) {
    return Sql.of("celadon.geometry_of(").arg(other.value, "jsonb").add(")");
  }

  /** The geometries in a list; a list of their coordinates alone is one of them. */
  private static List<Other> others(Query query, List<Object> raw) {
    if (raw.isEmpty()) throw invalid(query.method() + " needs geometry");
    if (raw.getFirst() instanceof Number) return List.of(other(query, new JsonArray(raw)));
    var others = new ArrayList<Other>(raw.size());
    for (var one : raw) others.add(other(query, one));
    return others;
  }

  private static Other other(Query query, Object raw) {
    var type = Geometry.typeOf(raw);
    var value = type == null ? null : Geometry.read(type, raw);
    if (type == null || value == null) {
      throw invalid(query.method() + " needs a point, a line or a polygon within the Earth");
    }
    return new Other(type, value);
  }

  private static Failure unsupported(Query query, Attribute attribute, Other other) {
    var words = new String[] {attribute.type().name(), other.type.name()};
    var text = "'%s' between a %s and a %s; its PostgreSQL has no PostGIS";
    return Failure.with(
        Fault.FEATURE_UNSUPPORTED,
        text.formatted(
            query.method(), words[0].toLowerCase(Locale.ROOT), words[1].toLowerCase(Locale.ROOT)));
  }
}
