package dev.celadon.domain.projects;

import dev.celadon.store.Db;

/**
 * What a part of the platform does when a project comes or goes, in the transaction of that. Rows
 * in system tables with a column {@code project} are deleted without its help.
 */
public interface ProjectHook {

  /** Prepares what every project has from its first moment. */
  default void created(Db tx, String project) {}

  /**
   * Removes what is stored elsewhere than in system tables: the project's own schema, say. Called
   * again a minute later, so that what late writers left goes as well: nothing may be left to do.
   */
  default void erased(Db tx, String project) {}
}
