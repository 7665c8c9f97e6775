package dev.celadon.domain.documents;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Query;
import dev.celadon.domain.documents.sql.Ddl;
import dev.celadon.domain.projects.TestVault;
import dev.celadon.domain.query.Criteria;
import dev.celadon.domain.query.Listing;
import dev.celadon.event.EventLog;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What PostgreSQL does for the lists of a large table: it goes by an index, and does not sort. */
class ListPlansTest {

  private static final int ROWS = 200_000;
  private static final Postgres POSTGRES = TestPostgres.fresh();
  private static final Table.Place PLACE = new Table.Place("p", "default", "t");
  private static final Access ALL = new Access(true, true, "_read", new String[0]);
  private static final Access COMMON = reader("users");
  private static final Access SPARSE = reader("user:rare");
  private static Shape shape = null;

  private static Access reader(String role) {
    return new Access(false, true, "_read", new String[] {"any", role});
  }

  @BeforeAll
  static void fill() {
    var db = POSTGRES.transactions();
    var means = Shape.Means.of(db, TestVault.open(db));
    means.postGis().open();
    var shapes = new Shapes(db, means);
    shape =
        db.tx(
            60_000,
            tx -> {
              make(tx, shapes);
              var table = TableRows.read(tx, PLACE);
              var columns = String.join(", ", table.columns().stream().map(Column::sql).toList());
              tx.script(
                  """
                  INSERT INTO %s (_id, _created, _updated, _read, _update, _delete, %s)
                  SELECT 'r' || n, now(), now(),
                    CASE WHEN n %% 2000 = 0 THEN '{user:rare}'::text[]
                      WHEN n %% 2 = 0 THEN '{users}' ELSE '{team:other}' END, '{}', '{}',
                    'state' || n %% 20, n %% 5000, md5(n::text) || ' word' || n %% 1000,
                    jsonb_build_array(n %% 360 - 180.0, n %% 179 - 89.0)
                  FROM generate_series(1, %d) n\
                  """
                      .formatted(table.sql(), columns, ROWS));
              return shapes.of(table);
            });
    db.script("VACUUM ANALYZE " + shape.table().sql());
  }

  private static void make(Db tx, Shapes shapes) {
    Databases.prepare(tx, "p");
    long schema =
        tx.one(
                row -> row.getLong(0),
                "INSERT INTO celadon.schemas (project) VALUES ('p') RETURNING number")
            .orElseThrow();
    tx.script(Ddl.createSchema(schema));
    tx.run(
        """
        INSERT INTO celadon.tables (project, database, id, name, enabled, secured, permissions)
        VALUES ('p', 'default', 't', 't', TRUE, TRUE, '{}')\
        """);
    var table = TableRows.read(tx, PLACE);
    tx.script(Ddl.createTable(table.sql(), table.number()));
    tx.script(Ddl.indexReaders(table.sql(), table.number()));
    var log = new EventLog();
    var columns = new Columns(tx, shapes, log);
    var kinds = List.of(Kind.TEXT, Kind.INTEGER, Kind.LONGTEXT, Kind.POINT);
    for (var kind : kinds) {
      var settings = new Column.Settings(false, false, 0, null, null, null, List.of(), false);
      var draft = new Columns.Draft(kind.path(), kind, settings);
      columns.add(tx, TableRows.read(tx, PLACE), draft);
    }
    var indexes = new Indexes(tx, shapes, log);
    for (var draft :
        List.of(
            draft("both", Index.KEY, "text", "integer"),
            draft("number", Index.KEY, "integer"),
            draft("long", Index.KEY, "longtext"),
            draft("words", Index.FULLTEXT, "longtext"),
            draft("places", Index.SPATIAL, "point"))) {
      indexes.add(tx, TableRows.read(tx, PLACE), draft, false);
    }
  }

  private static Indexes.Draft draft(String key, String kind, String... columns) {
    return new Indexes.Draft(key, kind, List.of(columns), List.of(), List.of());
  }

  /** How the page that {@code queries} ask for is read by {@code access}. */
  private static String plan(Access access, String... queries) {
    var parsed = Stream.of(queries).map(Query::parse).toList();
    var criteria = Criteria.of(parsed, shape.sql().attributes());
    List<Object> cursor = List.of();
    if (criteria.cursor() != null) {
      var sql = shape.sql().cursor(criteria, criteria.cursor(), access.condition());
      cursor = POSTGRES.list().one(Listing::values, sql.text(), sql.args()).orElseThrow();
    }
    var sql = shape.sql().page(shape.table().columns(), criteria, cursor, access.condition());
    var lines = POSTGRES.list().list(row -> row.getString(0), "EXPLAIN " + sql.text(), sql.args());
    return String.join("\n", lines);
  }

  private static void assertIndexed(String index, String plan) {
    assertFalse(plan.contains("Seq Scan"), plan);
    assertTrue(plan.contains(index), plan);
  }

  private static String sqlOf(String key) {
    for (var index : shape.table().indexes()) if (index.key().equals(key)) return index.sql();
    throw new AssertionError(key);
  }

  @Test
  void twoFilters() {
    for (var access : List.of(ALL, COMMON)) {
      var plan = plan(access, "equal(\"text\", [\"state7\"])", "between(\"integer\", [5, 9])");
      assertIndexed(sqlOf("both"), plan);
    }
  }

  @Test
  void anOrderIsReadAndNotMade() {
    for (var access : List.of(ALL, COMMON)) {
      for (var order : List.of("orderAsc(\"integer\")", "orderDesc(\"integer\")")) {
        assertIndexed(sqlOf("number"), plan(access, order));
      }
      var filtered = plan(access, "equal(\"text\", [\"state7\"])", "orderDesc(\"integer\")");
      assertIndexed(sqlOf("both"), filtered);
    }
    assertIndexed("_seq", plan(COMMON));
    assertIndexed("_seq", plan(ALL, "orderDesc(\"$sequence\")"));
  }

  @Test
  void aCursorDeepInTheTableCostsNoMore() {
    var deep = "cursorAfter(\"r" + (ROWS - 100) + "\")";
    assertIndexed("_seq", plan(ALL, deep));
    assertIndexed("_seq", plan(COMMON, deep));
    assertIndexed(sqlOf("number"), plan(ALL, "orderAsc(\"integer\")", deep));
    var before = "cursorBefore(\"r" + (ROWS - 100) + "\")";
    assertIndexed(sqlOf("number"), plan(ALL, "orderAsc(\"integer\")", before));
  }

  @Test
  void fewReadableRowsAreCollectedFirst() {
    var readers = "t" + shape.table().number() + "_read";
    assertIndexed(readers, plan(SPARSE));
    assertIndexed(readers, plan(SPARSE, "orderDesc(\"integer\")"));
    assertIndexed(readers, plan(SPARSE, "greaterThan(\"integer\", [10])"));
  }

  @Test
  void wordsAndPlacesHaveIndexesToo() {
    assertIndexed(sqlOf("words"), plan(ALL, "search(\"longtext\", [\"word77\"])"));
    var near = "distanceLessThan(\"point\", [[[10.2, 20.1], 50000, true]])";
    assertIndexed(sqlOf("places"), plan(ALL, near));
    var square = "[[[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]]";
    assertIndexed(sqlOf("places"), plan(ALL, "intersects(\"point\", " + square + ")"));
    assertIndexed("t" + shape.table().number() + "_id", plan(ALL, "equal(\"$id\", [\"r5\"])"));
  }

  @Test
  void anIndexOfBeginningsIsAsGood() {
    assertTrue(shape.table().index("long").lengths().equals(List.of(650L)));
    var text = "c4ca4238a0b923820dcc509a6f75849b word1";
    for (var access : List.of(ALL, COMMON)) {
      assertIndexed(sqlOf("long"), plan(access, "equal(\"longtext\", [\"" + text + "\"])"));
      assertIndexed(sqlOf("long"), plan(access, "equal(\"longtext\", [\"a\", \"b\"])"));
      assertIndexed(sqlOf("long"), plan(access, "startsWith(\"longtext\", [\"c4ca4\"])"));
      assertIndexed(sqlOf("long"), plan(access, "lessThan(\"longtext\", [\"0001\"])"));
      assertIndexed(sqlOf("long"), plan(access, "between(\"longtext\", [\"a\", \"a01\"])"));
      for (var order : List.of("orderAsc(\"longtext\")", "orderDesc(\"longtext\")")) {
        assertIndexed(sqlOf("long"), plan(access, order));
        var deep = "cursorAfter(\"r" + (ROWS - 100) + "\")";
        assertIndexed(sqlOf("long"), plan(access, order, deep));
      }
    }
  }
}
