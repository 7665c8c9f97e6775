package dev.celadon.domain.documents;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Actor;
import dev.celadon.api.Query;
import dev.celadon.domain.documents.relations.Relation;
import dev.celadon.domain.documents.relations.RelationColumns;
import dev.celadon.domain.documents.sql.Ddl;
import dev.celadon.domain.projects.TestVault;
import dev.celadon.event.EventLog;
import dev.celadon.store.Db;
import dev.celadon.store.Overheard;
import dev.celadon.store.TestPostgres;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A million posts of ten thousand authors, with tags, and what PostgreSQL does for lists of them.
 * Half of the posts are for users, one in 2,000 is for a rare one.
 */
final class LargeTables {

  static final int ROWS = 1_000_000;
  static final int AUTHORS = 10_000;
  static final Actor ALL = new Actor.Machine();
  static final Actor COMMON = reader("users");
  static final Actor SPARSE = reader("user:rare");

  /** What a page of 25 may touch, in pages of 8 KB: some for each row, and the way to them. */
  private static final int PAGE = 600;

  private static final int FILL_MS = 120_000;

  /** The posts are {@code t3}; a part that is never executed costs nothing. */
  private static final Pattern WHOLE =
      Pattern.compile("Seq Scan on t3 .*(?<!never executed\\))$", Pattern.MULTILINE);

  private static final Pattern TOUCHED = Pattern.compile("shared(?: hit=(\\d+))?(?: read=(\\d+))?");
  private static final Overheard LANES = new Overheard(TestPostgres.freshDatabase());
  private static final EventLog LOG = new EventLog();
  private static final Documents DOCUMENTS = open();

  private static boolean filled = false;

  private static Actor reader(String role) {
    return new Actor.User("u", "", Set.of("any", role), Set.of());
  }

  private static Documents open() {
    var db = LANES.transactions();
    var documents =
        new Documents(LANES, LOG, Clock.systemUTC(), TestVault.open(db), Documents.Bounds.USUAL);
    documents.open();
    return documents;
  }

  private static Table.Place place(String table) {
    return new Table.Place("p", "default", table);
  }

  static Table table(String id) {
    return TableRows.read(LANES.transactions(), place(id));
  }

  /** The name in SQL of an index of the posts. */
  static String index(String key) {
    return table("posts").index(key).sql();
  }

  /** The name in SQL of the index of the links of a relation of the posts. */
  static String link(String key) {
    return table("posts").relation(key).link();
  }

  /** How the statements of a list are carried out that are about rows. */
  static List<String> plans(String table, Actor actor, String... queries) {
    var parsed = Stream.of(queries).map(Query::parse).toList();
    var wanted = new Rows.Wanted(parsed, false, "rows");
    LANES.said();
    DOCUMENTS.rows().list(actor, place(table), wanted).await();
    var plans = new ArrayList<String>();
    for (var statement : LANES.said()) {
      if (statement.sql().contains(" p1.t")) plans.add(LANES.plan(statement));
    }
    assertFalse(plans.isEmpty(), "nothing was asked");
    return plans;
  }

  /** The posts that {@code queries} ask for are found by the index, and nothing is read whole. */
  static void assertIndexed(String index, Actor actor, String... queries) {
    assertIndexed(PAGE, index, plans("posts", actor, queries));
  }

  /** The same of the last of some plans, of which none touches more than so many pages. */
  static void assertIndexed(int most, String index, List<String> plans) {
    for (var plan : plans) {
      assertFalse(WHOLE.matcher(plan).find(), plan);
      assertTrue(touched(plan) <= most, plan);
    }
    assertTrue(plans.getLast().contains(index), plans.getLast());
  }

  private static int touched(String plan) {
    var found = TOUCHED.matcher(plan);
    if (!found.find()) return 0;
    return Stream.of(found.group(1), found.group(2))
        .mapToInt(pages -> pages == null ? 0 : Integer.parseInt(pages))
        .sum();
  }

  /** Makes it all, the first time. */
  static synchronized void fill() {
    if (filled) return;
    filled = true;
    var db = LANES.transactions();
    db.tx(
        FILL_MS,
        tx -> {
          tx.script("SET LOCAL maintenance_work_mem = '256MB'");
          // The rows are linked to those that are there; to have it checked takes a while.
          tx.script("SET LOCAL session_replication_role = replica");
          make(tx);
          rows(tx);
          indexes(tx);
          return null;
        });
    for (var id : List.of("posts", "authors", "tags")) {
      db.session(
          FILL_MS,
          session -> {
            session.script("VACUUM ANALYZE " + table(id).sql());
            return null;
          });
    }
    DOCUMENTS
        .rows()
        .list(COMMON, place("posts"), new Rows.Wanted(List.of(), false, "rows"))
        .await();
  }

  private static void make(Db tx) {
    Databases.prepare(tx, "p");
    tx.run("INSERT INTO celadon.schemas (project) VALUES ('p')");
    tx.script(Ddl.createSchema(1));
    table(tx, "authors", Map.of("name", Kind.VARCHAR, "rank", Kind.INTEGER));
    table(tx, "tags", Map.of("name", Kind.VARCHAR));
    table(tx, "posts", Map.of());
    var columns = new Columns(tx, shapes(tx), LOG);
    add(tx, columns, "posts", "state", Kind.VARCHAR);
    add(tx, columns, "posts", "number", Kind.INTEGER);
    add(tx, columns, "posts", "seldom", Kind.INTEGER);
    add(tx, columns, "posts", "long", Kind.LONGTEXT);
    add(tx, columns, "posts", "words", Kind.VARCHAR);
    add(tx, columns, "posts", "place", Kind.POINT);
    link(tx, "author", "authors", Relation.Kind.MANY_TO_ONE);
    link(tx, "tags", "tags", Relation.Kind.MANY_TO_MANY);
  }

  private static Shapes shapes(Db tx) {
    var means = Shape.Means.of(tx, TestVault.open(tx));
    means.postGis().open();
    return new Shapes(tx, means);
  }

  private static void table(Db tx, String id, Map<String, Kind> kinds) {
    boolean each = id.equals("posts");
    tx.run(
        """
        INSERT INTO celadon.tables (project, database, id, name, enabled, secured, permissions)
        VALUES ('p', 'default', $1, $1, TRUE, $2, $3)\
        """,
        id,
        each,
        each ? new String[0] : new String[] {"read(\"any\")"});
    var table = TableRows.read(tx, place(id));
    tx.script(Ddl.createTable(table.sql(), table.number()));
    var columns = new Columns(tx, shapes(tx), LOG);
    kinds.forEach((key, kind) -> add(tx, columns, id, key, kind));
  }

  private static void add(Db tx, Columns columns, String table, String key, Kind kind) {
    var settings = new Column.Settings(false, false, 100, null, null, null, List.of(), false);
    columns.add(tx, TableRows.read(tx, place(table)), new Columns.Draft(key, kind, settings));
  }

  private static void link(Db tx, String key, String other, Relation.Kind kind) {
    var keep = Relation.OnDelete.SET_NULL;
    var draft = new RelationColumns.Draft(other, kind, true, key, "posts", keep);
    RelationColumns.make(tx, TableRows.read(tx, place("posts")), draft);
  }

  private static void rows(Db tx) {
    insert(tx, "authors", AUTHORS, "", Map.of("name", "'name' || n", "rank", "n % 100"));
    insert(tx, "tags", 1_000, "", Map.of("name", "'tag' || n"));
    var posts =
        Map.of(
            "state", "'state' || n / 2 % 20",
            "number", "n % 5000",
            "seldom", "CASE WHEN n % 4 = 0 THEN n / 7 END",
            "long", "md5(n::text) || ' word' || n % 1000",
            "words", "CASE WHEN n % 5 = 0 THEN 'word' || n % 999 || ' state' || n % 20 END",
            "place",
                "CASE WHEN n % 10 = 0 THEN jsonb_build_array(n % 359 - 180.0, n % 179 - 89.0) END");
    var pairs = "p1.t" + TableRows.read(tx, place("posts")).relation("tags").junction();
    // Of no use to anybody after a crash, and so need not be logged.
    tx.script("ALTER TABLE " + pairs + " SET UNLOGGED");
    tx.script("ALTER TABLE " + TableRows.read(tx, place("posts")).sql() + " SET UNLOGGED");
    // One in 5,000 has none.
    var name = "'r' || lpad((n / 7 % " + AUTHORS + " + 1)::text, 7, '0')";
    var author = ", CASE WHEN n % 5000 > 0 THEN " + name + " END";
    insert(tx, "posts", ROWS, author, posts);
    tx.script(
        """
        INSERT INTO %s (parent, child) SELECT 'r' || lpad(n::text, 7, '0'),
          'r' || lpad((n / 5 %% 1000 + 1)::text, 7, '0') FROM generate_series(5, %d, 5) n;
        ANALYZE %1$s\
        """
            .formatted(pairs, ROWS));
  }

  private static void insert(Db tx, String id, int rows, String link, Map<String, String> values) {
    var table = TableRows.read(tx, place(id));
    var names = new StringBuilder();
    var made = new StringBuilder(link);
    if (!link.isEmpty()) names.append(", ").append(table.relation("author").link());
    for (var column : table.columns()) {
      names.append(", ").append(column.sql());
      made.append(", ").append(values.get(column.key()));
    }
    tx.script(
        """
        INSERT INTO %s (_id, _created, _updated, _read, _update, _delete%s)
        SELECT 'r' || lpad(n::text, 7, '0'), now(), now(),
          CASE WHEN n %% 2000 = 0 THEN '{user:rare}'::text[]
            WHEN n %% 2 = 0 THEN '{users}' ELSE '{team:other}' END, '{}', '{}'%s
        FROM generate_series(1, %d) n\
        """
            .formatted(table.sql(), names, made, rows));
    tx.script(Ddl.indexReaders(table.sql(), table.number()));
  }

  private static void indexes(Db tx) {
    index(tx, "authors", "name", Index.KEY, "name");
    index(tx, "authors", "rank", Index.KEY, "rank");
    index(tx, "tags", "name", Index.KEY, "name");
    index(tx, "posts", "both", Index.KEY, "state", "number");
    index(tx, "posts", "number", Index.KEY, "number");
    index(tx, "posts", "seldom", Index.KEY, "seldom");
    index(tx, "posts", "state", Index.KEY, "state");
    index(tx, "posts", "long", Index.KEY, "long");
    index(tx, "posts", "words", Index.FULLTEXT, "words");
    index(tx, "posts", "places", Index.SPATIAL, "place");
  }

  private static void index(Db tx, String table, String key, String kind, String... columns) {
    var indexes = new Indexes(tx, shapes(tx), LOG);
    var draft = new Indexes.Draft(key, kind, List.of(columns), List.of(), List.of());
    indexes.add(tx, TableRows.read(tx, place(table)), draft, false);
  }

  private LargeTables() {}
}
