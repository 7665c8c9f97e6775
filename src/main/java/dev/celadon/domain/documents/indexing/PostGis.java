package dev.celadon.domain.documents.indexing;

import dev.celadon.domain.query.Spatial;
import dev.celadon.domain.query.Sql;
import dev.celadon.store.Db;
import io.vertx.sqlclient.DatabaseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether the server has PostGIS, and makes it ready for geometry. */
public final class PostGis {

  private static final Logger LOG = LoggerFactory.getLogger(PostGis.class);

  /** Several nodes may start at once; one of them installs. */
  private static final long LOCK = 0x1d9L;

  private final Db db;
  private volatile @Nullable Spatial spatial;

  public PostGis(Db db) {
    this.db = db;
  }

  /** Finds out what there is. Waits. */
  public void open() {
    spatial = offered() ? installed() : Spatial.NATIVE;
  }

  /** What geometry can be asked for in this database. */
  public Spatial spatial() {
    var found = spatial;
    if (found == null) throw new IllegalStateException("nobody has looked for PostGIS yet");
    return found;
  }

  private Spatial installed() {
    try {
      return new Spatial(db.tx(PostGis::install));
    } catch (DatabaseException refused) {
      LOG.warn("PostGIS is there but cannot be used: {}", refused.getMessage());
      return Spatial.NATIVE;
    }
  }

  private boolean offered() {
    return db.one(row -> 1, "SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'")
        .isPresent();
  }

  /** The schema that it is in. Needs to be a superuser's only where nobody has installed it yet. */
  private static String install(Db tx) {
    tx.run("SELECT pg_advisory_xact_lock($1)", LOCK);
    tx.script("SET LOCAL client_min_messages = warning; CREATE EXTENSION IF NOT EXISTS postgis");
    var schema =
        tx.one(
                row -> Sql.quote(row.getString(0)),
                """
                SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
                WHERE e.extname = 'postgis'\
                """)
            .orElseThrow();
    if (!prepared(tx)) tx.script(FUNCTION.formatted(schema));
    return schema;
  }

  private static boolean prepared(Db tx) {
    return tx.one(row -> 1, "SELECT 1 WHERE to_regproc('celadon.geometry_of') IS NOT NULL")
        .isPresent();
  }

  /** Of lists of coordinates; how deep they are says what they are. */
  private static final String FUNCTION =
      """
      CREATE FUNCTION celadon.geometry_of(place jsonb) RETURNS %1$s.geometry
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT %1$s.st_setsrid(%1$s.st_geomfromgeojson(jsonb_build_object(
          'type', CASE
            WHEN jsonb_typeof(place -> 0) = 'number' THEN 'Point'
            WHEN jsonb_typeof(place -> 0 -> 0) = 'number' THEN 'LineString'
            ELSE 'Polygon' END,
          'coordinates', place)), 4326)
      $$\
      """;
}
