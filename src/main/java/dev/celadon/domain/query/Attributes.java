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

  private Attributes(List<Attribute> all, Set<String> shown, Spatial spatial) {
    for (var attribute : all) byName.put(attribute.name(), attribute);
    this.shown = Set.copyOf(shown);
    this.spatial = spatial;
    this.paths = Paths.NONE;
    if (!byName.containsKey(Attribute.ID)) throw new IllegalArgumentException("no $id");
  }

  private Attributes(Attributes own, Paths paths) {
    this.byName.putAll(own.byName);
    this.shown = own.shown;
    this.spatial = own.spatial;
    this.paths = paths;
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
    return new Attributes(this, paths);
  }

  Paths paths() {
    return paths;
  }

  Spatial spatial() {
    return spatial;
  }

  /** The attribute called {@code name}, or {@link Fault#QUERY_INVALID}. */
  public Attribute get(String name) {
    var attribute = byName.get(name);
    if (attribute == null) attribute = paths.order(name);
    if (attribute == null) throw unknown(name);
    if (attribute.type() == Type.SEALED) {
      throw Filters.invalid("'" + name + "' is encrypted: it can be shown, but not asked for");
    }
    return attribute;
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
