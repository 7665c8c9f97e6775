package dev.celadon.domain.documents.schemas;

import dev.celadon.api.Change;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.Indexes;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One change on the way from one design to another.
 *
 * @param table the id of the table, as it is called by then
 * @param key of the column or the index; empty where it is the table itself
 * @param from what is there; null where it is new
 * @param to what shall be there; null where nothing shall
 * @param loses whether something is stored that would be gone
 * @param refused why it cannot be done as rows are now, or null
 */
public record Step(
    Part part,
    String table,
    String key,
    Design.@Nullable Piece from,
    Design.@Nullable Piece to,
    boolean loses,
    @Nullable Refusal refused,
    Work work) {

  /** What is done to what. */
  public enum Part {
    TABLE_CREATE,
    TABLE_UPDATE,
    TABLE_RENAME,
    TABLE_DELETE,
    COLUMN_CREATE,
    COLUMN_UPDATE,
    COLUMN_DELETE,
    INDEX_CREATE,
    INDEX_DELETE;

    /** As clients see it: {@code column.update}. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
  }

  /** Does it, by the method of the engine that its own endpoint calls. */
  @FunctionalInterface
  interface Work {
    void with(Hand hand);
  }

  /** A step that nothing speaks against. */
  static Step of(Part part, String table, Design.Piece to, Work work) {
    return new Step(part, table, keyOf(to), null, to, false, null, work);
  }

  /** A step that takes something away. */
  static Step gone(Part part, String table, Design.Piece from, boolean loses, Work work) {
    return new Step(part, table, keyOf(from), from, null, loses, null, work);
  }

  private static String keyOf(Design.Piece piece) {
    return switch (piece) {
      case Design.OfColumn column -> column.key();
      case Design.OfLink link -> link.key();
      case Design.OfIndex index -> index.draft().key();
      case Design.OfTable table -> "";
      case Design.Traits traits -> "";
      case Design.Id id -> "";
    };
  }

  /** What steps are done with, and what is left to be done after the commit. */
  static final class Hand {
    final Documents engine;
    final List<Indexes.Begun> begun = new ArrayList<>();
    final Set<Table.Place> touched = new HashSet<>();
    private final Table.Place database;
    private final Function<Part, Change> changes;

    Hand(Documents engine, Table.Place database, Function<Part, Change> changes) {
      this.engine = engine;
      this.database = database;
      this.changes = changes;
    }

    Change change(Part part) {
      return changes.apply(part);
    }

    Table.Place place(String table) {
      var place = database.beside(table);
      touched.add(place);
      return place;
    }
  }
}
