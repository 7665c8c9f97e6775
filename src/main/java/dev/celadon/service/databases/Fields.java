package dev.celadon.service.databases;

import dev.celadon.api.Rule;
import dev.celadon.api.Rule.Refused;
import dev.celadon.api.Rules;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of one object within a parameter; what is wrong with one is said with its path. */
public final class Fields {

  private final JsonObject json;
  private final String path;

  private Fields(JsonObject json, String path) {
    this.json = json;
    this.path = path;
  }

  /**
   * The fields of {@code raw}.
   *
   * @param path where it stands in the parameter; empty for the parameter itself
   */
  public static Fields of(@Nullable Object raw, String path) throws Refused {
    if (raw instanceof JsonObject json) return new Fields(json, path);
    throw at(path, "must be an object");
  }

  /** The objects in the list {@code raw}, which are at most {@code most}. */
  public static List<Fields> list(@Nullable Object raw, String path, int most) throws Refused {
    if (!(raw instanceof JsonArray array)) throw at(path, "must be a list");
    if (array.size() > most) throw at(path, "must be a list of at most " + most + " items");
    var all = new ArrayList<Fields>(array.size());
    for (int i = 0; i < array.size(); i++) all.add(of(array.getValue(i), path + "[" + i + "]"));
    return all;
  }

  /** The objects in a list that must be there. */
  public List<Fields> list(String name, int most) throws Refused {
    return list(need(name), inner(name), most);
  }

  /** Whether there is a field of this name that is not null. */
  public boolean has(String name) {
    return json.getValue(name) != null;
  }

  /** The value as it came, or null. */
  public @Nullable Object raw(String name) {
    return json.getValue(name);
  }

  /** A value that must be there. */
  public <T> T need(String name, Rule<T> rule) throws Refused {
    return accept(name, need(name), rule);
  }

  private Object need(String name) throws Refused {
    var value = json.getValue(name);
    if (value == null) throw refuse(name, "is required");
    return value;
  }

  /** A value, or null where there is none. */
  public <T> @Nullable T find(String name, Rule<T> rule) throws Refused {
    var value = json.getValue(name);
    return value == null ? null : accept(name, value, rule);
  }

  /** A value, or another one where there is none. */
  public <T> T find(String name, Rule<T> rule, T otherwise) throws Refused {
    var value = find(name, rule);
    return value == null ? otherwise : value;
  }

  /** A boolean, false where there is none. */
  public boolean flag(String name) throws Refused {
    return find(name, Rules.bool(), false);
  }

  private <T> T accept(String name, Object value, Rule<T> rule) throws Refused {
    try {
      return rule.accept(value);
    } catch (Refused refused) {
      throw refuse(name, refused.reason());
    }
  }

  /** Refuses fields that nobody reads: a slip of the pen would mean something else. */
  public void only(Set<String> known) throws Refused {
    for (var name : json.fieldNames()) {
      if (!known.contains(name)) throw refuse(cut(name), "is not known here");
    }
  }

  private static String cut(String name) {
    return name.length() > 40 ? name.substring(0, 40) + "…" : name;
  }

  /** What is wrong with the field {@code name}. */
  public Refused refuse(String name, String reason) {
    return at(inner(name), reason);
  }

  /** What is wrong with the object. */
  public Refused refuse(String reason) {
    return at(path, reason);
  }

  private String inner(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static Refused at(String path, String reason) {
    return new Refused(path.isEmpty() ? reason : "is wrong at " + path + ": it " + reason);
  }
}
