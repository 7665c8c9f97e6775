package dev.celadon.domain.query;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The closed set of names that queries over one table may use. Must contain {@code $id}. */
public final class Attributes {

  private final Map<String, Attribute> byName = new LinkedHashMap<>();
  private final Set<String> shown;
  private final Spatial spatial;
  private final Paths paths;
  private final @Nullable String document;
  private final Set<String> searched;

  private Attributes(List<Attribute> all, Set<String> shown, Spatial spatial) {
    for (var attribute : all) byName.put(attribute.name(), attribute);
    this.shown = Set.copyOf(shown);
    this.spatial = spatial;
    this.paths = Paths.NONE;
    this.document = null;
    this.searched = Set.of();
    if (!byName.containsKey(Attribute.ID)) throw new IllegalArgumentException("no $id");
  }

  private Attributes(Attributes own, Paths paths, @Nullable String document, Set<String> searched) {
    this.byName.putAll(own.byName);
    this.shown = own.shown;
    this.spatial = own.spatial;
    this.paths = paths;
    this.document = document;
    this.searched = Set.copyOf(searched);
  }

  public static Attributes of(Attribute... all) {
    return new Attributes(List.of(all), Set.of(), Spatial.NATIVE);
  }

  /**
   * As {@link #of(Attribute...)}.
   *
   * @param shown names that {@code select} may choose although nothing else may use them
   */
  public static Attributes of(List<Attribute> all, Set<String> shown) {
    return of(all, shown, Spatial.NATIVE);
  }

  /**
   * As {@link #of(List, Set)}.
   *
   * @param spatial what geometry can be asked for here
   */
  public static Attributes of(List<Attribute> all, Set<String> shown, Spatial spatial) {
    return new Attributes(all, shown, spatial);
  }

  /** The same, and what {@code paths} lead to. */
  public Attributes with(Paths paths) {
    return new Attributes(this, paths, document, searched);
  }

  Paths paths() {
    return paths;
  }

  /**
   * The same names, and every path into a free document.
   *
   * @param column the document in SQL
   * @param searched the texts in it, in SQL, that a fulltext index is of
   */
  public Attributes free(String column, Set<String> searched) {
    return new Attributes(this, paths, column, searched);
  }

  /** What can be asked of a part of a document: nothing but its paths. */
  Attributes within(String part) {
    var inner = new Attributes(this, paths, part, Set.of());
    inner.byName.clear();
    return inner;
  }

  /** The path that {@code name} is, or null where it is none. */
  @Nullable JsonPath path(String name) {
    if (document == null || byName.containsKey(name) || shown.contains(name)) return null;
    // An element has no name of its own; a whole document is nothing to ask for.
    boolean element = name.isEmpty() && byName.isEmpty();
    var path = element ? new JsonPath(document, List.of()) : JsonPath.of(document, name);
    if (path == null) throw unknown(name);
    return path;
  }

  /** Whether a fulltext index is of {@code text}, in SQL. */
  boolean searchable(String text) {
    return searched.contains(text);
  }

  Spatial spatial() {
    return spatial;
  }

  /** The attribute called {@code name}, or {@link Fault#QUERY_INVALID}. */
  public Attribute get(String name) {
    var attribute = byName.get(name);
    if (attribute == null) attribute = paths.order(name);
    if (attribute == null) return atPath(name);
    if (attribute.type() == Type.SEALED) {
      throw Filters.invalid("'" + name + "' is encrypted: it can be shown, but not asked for");
    }
    return attribute;
  }

  private Attribute atPath(String name) {
    var path = path(name);
    if (path == null || name.isEmpty()) throw unknown(name);
    return new Attribute(name, path.value(), Type.JSON, false, true);
  }

  public @Nullable Attribute find(String name) {
    return byName.get(name);
  }

  /** Checks a name in {@code select}. */
  void checkShown(String name) {
    if (!shows(name)) throw unknown(name);
  }

  /** Whether {@code select} may choose the name. */
  public boolean shows(String name) {
    if (document != null && !byName.containsKey(name) && path(name) != null) return true;
    boolean own = name.equals("*") || byName.containsKey(name) || shown.contains(name);
    return own || paths.shows(name);
  }

  /** Tells rows apart that are equal in every order asked for: the sequence, or else the id. */
  Attribute tie() {
    var sequence = find(Attribute.SEQUENCE);
    return sequence == null ? get(Attribute.ID) : sequence;
  }

  /** The order where none is asked for: as the rows were made. */
  List<Order> natural() {
    var created = find(Attribute.CREATED);
    return find(Attribute.SEQUENCE) != null || created == null
        ? List.of()
        : List.of(new Order(created, false));
  }

  private static Failure unknown(String name) {
    var shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
    return Failure.with(Fault.QUERY_INVALID, "there is no attribute '" + shown + "' to ask for");
  }
}
