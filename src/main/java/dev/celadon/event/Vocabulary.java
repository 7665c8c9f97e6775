package dev.celadon.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The words under which one engine is known: what happens to a row is published as what happens to
 * a document too, whichever of the two was asked for.
 */
final class Vocabulary {

  private static final Map<String, String> TO_TABLES =
      Map.of(
          "collections", "tables",
          "attributes", "columns",
          "documents", "rows",
          "[collectionId]", "[tableId]",
          "[attributeId]", "[columnId]",
          "[documentId]", "[rowId]");

  private static final Map<String, String> TO_COLLECTIONS =
      Map.of(
          "tables", "collections",
          "columns", "attributes",
          "rows", "documents",
          "[tableId]", "[collectionId]",
          "[columnId]", "[attributeId]",
          "[rowId]", "[documentId]");

  /**
   * All the templates of one event, its own first; placeholders stand in the same order in each.
   * The engines {@code documentsdb} and {@code vectorsdb} have one vocabulary only.
   */
  static List<List<String>> mirrors(List<String> parts) {
    var root = parts.getFirst();
    if (!root.equals("databases") && !root.equals("tablesdb")) return List.of(parts);
    var mirrors = new ArrayList<List<String>>();
    mirrors.add(parts);
    add(mirrors, "databases", translate(parts, TO_TABLES));
    add(mirrors, "databases", translate(parts, TO_COLLECTIONS));
    add(mirrors, "tablesdb", translate(parts, TO_TABLES));
    return mirrors;
  }

  /** The template in the words of tables, or in those of collections. */
  static List<String> translate(List<String> parts, boolean tables) {
    return translate(parts, tables ? TO_TABLES : TO_COLLECTIONS);
  }

  private static List<String> translate(List<String> parts, Map<String, String> words) {
    return parts.stream().map(part -> words.getOrDefault(part, part)).toList();
  }

  private static void add(List<List<String>> mirrors, String root, List<String> parts) {
    var renamed = new ArrayList<>(parts);
    renamed.set(0, root);
    if (renamed.size() > 1 && renamed.get(1).startsWith("[")) renamed.set(1, "[databaseId]");
    boolean known = mirrors.stream().anyMatch(mirror -> words(mirror).equals(words(renamed)));
    if (!known) mirrors.add(List.copyOf(renamed));
  }

  /** A template without the names of its places, which differ between vocabularies. */
  private static List<String> words(List<String> parts) {
    return parts.stream().map(part -> part.startsWith("[") ? "[]" : part).toList();
  }

  private Vocabulary() {}
}
