package dev.celadon.service.databases.schemas;

import dev.celadon.api.Failure;
import dev.celadon.api.Rule.Refused;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.indexing.IndexPlan;
import dev.celadon.domain.documents.schemas.Design;
import dev.celadon.domain.documents.schemas.Drawing;
import dev.celadon.domain.query.Spatial;
import dev.celadon.service.databases.Dialect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the parts of a schema, each of them right, are right together. */
final class Coherence {

  private static final Table.Place NOWHERE = new Table.Place("", "", "");

  private final Dialect words;
  private final Design design;
  private final Map<String, Set<String>> keys = new LinkedHashMap<>();

  Coherence(Dialect words, Design design) {
    this.words = words;
    this.design = design;
  }

  void check() throws Refused {
    var renames = new HashMap<String, @Nullable String>();
    for (int i = 0; i < design.tables().size(); i++) {
      var table = design.tables().get(i);
      keys.put(table.id(), checkKeys(i, table));
      renames.put(table.id(), table.renamedFrom());
    }
    checkRenames(renames, "");
    for (int i = 0; i < design.tables().size(); i++) {
      checkLinks(i, design.tables().get(i));
      checkIndexes(i, design.tables().get(i));
    }
  }

  private Set<String> checkKeys(int at, Design.OfTable table) throws Refused {
    var seen = new HashSet<String>();
    var renames = new HashMap<String, @Nullable String>();
    for (var one : table.keyed().toList()) {
      if (!seen.add(one.key())) throw wrong(path(at, one), "has the key of another one");
      renames.put(one.key(), one.renamedFrom());
    }
    checkRenames(renames, "[" + at + "]");
    return seen;
  }

  /** Two cannot have been one, and nobody can say what a circle of names would mean. */
  private static void checkRenames(Map<String, @Nullable String> renames, String path)
      throws Refused {
    var claimed = new HashSet<String>();
    for (var rename : renames.entrySet()) {
      var from = rename.getValue();
      if (from == null) continue;
      if (!claimed.add(from)) {
        throw wrong(path, "has two that are renamed from '" + from + "'");
      }
      var seen = new HashSet<String>(Set.of(rename.getKey()));
      for (var next = from; next != null; next = renames.get(next)) {
        if (!seen.add(next)) throw wrong(path, "has names that go in a circle at '" + next + "'");
      }
    }
  }

  private void checkLinks(int at, Design.OfTable table) throws Refused {
    for (var link : table.links()) {
      var there = keys.get(link.draft().other());
      if (there == null) {
        throw wrong(
            path(at, link) + ".related" + Dialect.capital(words.table),
            "must be a " + words.table + " of this schema");
      }
      var otherKey = link.otherKey();
      if (otherKey != null && !there.add(otherKey)) {
        throw wrong(path(at, link) + ".twoWayKey", "is the key of another one there");
      }
    }
  }

  private void checkIndexes(int at, Design.OfTable table) throws Refused {
    // Whether lines can have an index here is a question to the server, not to the schema.
    var plan = new IndexPlan(Drawing.table(NOWHERE, table), new Spatial("anywhere"));
    var seen = new HashSet<String>();
    for (int i = 0; i < table.indexes().size(); i++) {
      var draft = table.indexes().get(i).draft();
      var path = "[" + at + "].indexes[" + i + "]";
      if (!seen.add(draft.key())) throw wrong(path, "has the key of another one");
      try {
        var columns = plan.columns(draft.kind(), draft.columns());
        IndexPlan.checkParts(draft.kind(), columns.size(), draft.orders(), draft.lengths());
      } catch (Refusal refusal) {
        throw wrong(path, "is refused. " + words.say(refusal).text());
      } catch (Failure failure) {
        throw wrong(path, "is refused. " + failure.text());
      }
    }
  }

  private String path(int at, Design.Keyed keyed) {
    return "[" + at + "]." + words.column + "s." + keyed.key();
  }

  private static Refused wrong(String path, String reason) {
    return new Refused(path.isEmpty() ? reason : "is wrong at " + path + ": it " + reason);
  }
}
