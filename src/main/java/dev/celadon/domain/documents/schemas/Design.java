package dev.celadon.domain.documents.schemas;

import dev.celadon.api.Permission;
import dev.celadon.domain.documents.Columns;
import dev.celadon.domain.documents.Indexes;
import dev.celadon.domain.documents.guards.Guard;
import dev.celadon.domain.documents.relations.RelationColumns;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All tables of a database as they are, or as they shall be. */
public record Design(List<OfTable> tables) {

  /** The most tables that one design may have. */
  public static final int MAX_TABLES = 1_000;

  /** The most columns that all tables of one design may have together. */
  public static final int MAX_COLUMNS = 10_000;

  /** The most indexes that all tables of one design may have together. */
  public static final int MAX_INDEXES = 5_000;

  /** Something that a step begins with, or leads to. */
  public sealed interface Piece permits OfTable, Traits, Id, OfColumn, OfLink, OfIndex {}

  /** What a table is called in paths. */
  public record Id(String id) implements Piece {}

  /** What a table is apart from what it holds. */
  public record Traits(String name, boolean enabled, boolean secured, List<Permission> permissions)
      implements Piece {

    boolean same(Traits other) {
      return name.equals(other.name)
          && enabled == other.enabled
          && secured == other.secured
          && Sameness.permissions(permissions, other.permissions);
    }
  }

  /**
   * A table.
   *
   * @param renamedFrom the id that it may still have, or null
   * @param links the relationships that are declared here
   */
  public record OfTable(
      String id,
      @Nullable String renamedFrom,
      Traits traits,
      List<OfColumn> columns,
      List<OfLink> links,
      List<OfIndex> indexes)
      implements Piece {

    /** Everything in it that has a key, with the key that each may still have. */
    public Stream<Keyed> keyed() {
      return Stream.concat(columns.stream(), links.stream());
    }
  }

  /** What is called by a key in its table. */
  public sealed interface Keyed permits OfColumn, OfLink {
    String key();

    @Nullable String renamedFrom();
  }

  /** A column that holds values. */
  public record OfColumn(Columns.Draft draft, @Nullable String renamedFrom)
      implements Piece, Keyed {

    @Override
    public String key() {
      return draft.key();
    }
  }

  /**
   * A column that leads to another table.
   *
   * @param draft with a key, and where both sides show it with the other one, too
   * @param there who may read the column of the other side
   */
  public record OfLink(RelationColumns.Draft draft, Guard there, @Nullable String renamedFrom)
      implements Piece, Keyed {

    @Override
    public String key() {
      return Objects.requireNonNull(draft.key());
    }

    /** What the other table calls its column; null where it has none. */
    public @Nullable String otherKey() {
      return draft.twoWay() ? draft.otherKey() : null;
    }

    boolean same(OfLink other) {
      return key().equals(other.key())
          && draft.onDelete() == other.draft.onDelete()
          && Objects.equals(otherKey(), other.otherKey())
          && Sameness.guards(draft.guard(), other.draft.guard())
          && Sameness.guards(there, other.there);
    }
  }

  /** An index. */
  public record OfIndex(Indexes.Draft draft) implements Piece {}
}
