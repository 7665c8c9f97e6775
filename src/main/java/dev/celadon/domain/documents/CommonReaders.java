package dev.celadon.domain.documents;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.celadon.store.Db;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Which roles may read a good part of a table, as the statistics of PostgreSQL know it. Who holds
 * one of them finds a page at the head of any order, with one plan for all; for others the best
 * plan may be to collect their few rows first, and only a plan made for their roles can know.
 */
final class CommonReaders {

  /** What part of the rows makes a role a common one: a page is found within ten of its length. */
  private static final double PART = 0.1;

  private static final long FRESH_S = 60;

  private record Known(Set<String> roles, long readAtNs) {}

  private final Db db;
  private final Cache<String, Known> tables =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofMinutes(10)).build();

  CommonReaders(Db db) {
    this.db = db;
  }

  /**
   * Whether the caller may read all rows of {@code table}, named as in SQL, or a good part of them;
   * false as long as that is not known.
   */
  boolean include(Access access, String table) {
    if (access.all()) return true;
    var common = of(table);
    for (var role : access.roles()) if (common.contains(role)) return true;
    return false;
  }

  private Set<String> of(String table) {
    long now = System.nanoTime();
    var known = tables.getIfPresent(table);
    if (known != null && now - known.readAtNs < TimeUnit.SECONDS.toNanos(FRESH_S)) {
      return known.roles;
    }
    var roles = known == null ? Set.<String>of() : known.roles;
    // The next callers go by what is known while one of them has it read again.
    tables.put(table, new Known(roles, now));
    read(table);
    return roles;
  }

  private void read(String table) {
    var name = table.split("\\.");
    db.oneAsync(
            row -> Set.of(row.getArrayOfStrings(0)),
            """
            SELECT coalesce(array_agg(role) FILTER (WHERE role IS NOT NULL), '{}')
            FROM pg_stats,
              unnest(most_common_elems::text::text[], most_common_elem_freqs) AS x (role, part)
            WHERE schemaname = $1 AND tablename = $2 AND attname = '_read' AND part >= $3
            """,
            name[0],
            name[1],
            PART)
        .onSuccess(
            roles -> tables.put(table, new Known(roles.orElse(Set.of()), System.nanoTime())));
  }
}
