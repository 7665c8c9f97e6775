package dev.celadon.domain.query;

import dev.celadon.api.Query;
import org.jspecify.annotations.Nullable;

/** Names in queries that lead beyond the table: to the rows that its rows are linked to. */
public interface Paths {

  /** Where nothing leads anywhere. */
  Paths NONE =
      new Paths() {
        @Override
        public @Nullable Sql filter(Query query) {
          return null;
        }

        @Override
        public @Nullable Attribute order(String name) {
          return null;
        }

        @Override
        public Sql absent(String name) {
          return new Sql();
        }

        @Override
        public boolean shows(String name) {
          return false;
        }

        @Override
        public Sql joins() {
          return new Sql();
        }
      };

  /** The condition of a filter whose attribute leads beyond, or null where it does not. */
  @Nullable Sql filter(Query query);

  /** What to order by; its column stands in {@link #joins}. Null where the name leads nowhere. */
  @Nullable Attribute order(String name);

  /**
   * What an index can tell of rows that have no value for a name to order by: true for all of them,
   * if for others, too. Empty where it can tell nothing.
   */
  Sql absent(String name);

  /** Whether {@code select} may choose the name. */
  boolean shows(String name);

  /** What follows the table after FROM, so that its rows stay as many as they are. */
  Sql joins();
}
