package dev.celadon.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Query;
import dev.celadon.store.Db;
import dev.celadon.store.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingTest {

  private static final Db DB = TestPostgres.fresh().transactions();
  private static final Listing<String> LISTING =
      new Listing<>(
          "things",
          Attributes.of(
              Attribute.text("$id", "id"),
              Attribute.time("$createdAt", "created"),
              Attribute.text("name", "name"),
              Attribute.integer("size", "size")),
          List.of("id", "name"),
          row -> row.getString("id"));

  /** Sizes with ties and with nulls; i is in another project. */
  @BeforeAll
  static void fill() {
    DB.script(
        """
        CREATE TABLE things (project text, id text, created timestamptz DEFAULT now(),
          name text, size int);
        INSERT INTO things (project, id, name, size) VALUES
          ('p', 'a', 'Anna', 1), ('p', 'b', '100%', 1), ('p', 'c', 'x_y', NULL),
          ('p', 'd', 'anna', 2), ('p', 'e', NULL, NULL), ('p', 'f', 'xzy', 2), ('p', 'g', 'q', 3),
          ('q', 'i', 'Anna', 1)
        """);
  }

  private static List<String> ids(String... queries) {
    return LISTING.page(DB, "p", wanted("", queries)).items();
  }

  private static Listing.Wanted wanted(String search, String... queries) {
    return Listing.Wanted.of(Stream.of(queries).map(q -> Query.parse(q)).toList(), search, true);
  }

  @Test
  void totalIsExact() {
    var page = LISTING.page(DB, "p", wanted("", "limit(2)"));
    assertEquals(7, page.total());
    assertEquals(List.of("a", "b"), page.items());
    assertEquals(7, LISTING.page(DB, "p", wanted("", "offset(6)")).total());
    assertEquals(0, LISTING.page(DB, "p", Listing.Wanted.of(null, null, false)).total());
  }

  @Test
  void searchIgnoresCaseAndKnowsNoWildcards() {
    assertEquals(List.of("a", "d"), LISTING.page(DB, "p", wanted("ANNA")).items());
    assertEquals(List.of("b"), LISTING.page(DB, "p", wanted("%")).items());
    assertEquals(List.of("c"), LISTING.page(DB, "p", wanted("_")).items());
  }

  @ParameterizedTest
  @CsvSource({"orderAsc,a b d f g c e", "orderDesc,e c g f d b a"})
  void everyCursorInEveryDirection(String order, String expected) {
    var all = List.of(expected.split(" "));
    var by = order + "(\"size\")";
    assertEquals(all, ids(by));
    for (int i = 0; i < all.size(); i++) {
      var id = all.get(i);
      assertEquals(all.subList(i + 1, all.size()), ids(by, "cursorAfter(\"" + id + "\")"), id);
      assertEquals(all.subList(0, i), ids(by, "cursorBefore(\"" + id + "\")"), id);
    }
  }

  @Test
  void pagesJoinWithoutGapOrRepetition() {
    var seen = new ArrayList<String>();
    var page = ids("orderDesc(\"size\")", "orderAsc(\"name\")", "limit(2)");
    while (!page.isEmpty()) {
      seen.addAll(page);
      var cursor = "cursorAfter(\"" + page.getLast() + "\")";
      page = ids("orderDesc(\"size\")", "orderAsc(\"name\")", "limit(2)", cursor);
    }
    assertEquals(List.of("c", "e", "g", "d", "f", "b", "a"), seen);
    var before =
        ids("orderDesc(\"size\")", "orderAsc(\"name\")", "limit(2)", "cursorBefore(\"f\")");
    assertEquals(List.of("g", "d"), before);
  }

  @Test
  void cursorOfAnotherProjectIsNotFound() {
    for (var id : List.of("i", "nobody", "' OR 1=1 --")) {
      var failure = assertThrows(Failure.class, () -> ids("cursorAfter(\"" + id + "\")"));
      assertEquals(Fault.CURSOR_NOT_FOUND, failure.fault());
    }
  }

  @Test
  void filtersStayWithinTheScope() {
    assertEquals(List.of("a"), ids("equal(\"name\", [\"Anna\"])"));
    assertEquals(
        List.of("a", "b"),
        ids(
            "{\"method\":\"or\",\"values\":[{\"method\":\"equal\",\"attribute\":\"size\","
                + "\"values\":[1]},"
                + "{\"method\":\"equal\",\"attribute\":\"$id\",\"values\":[\"i\"]}]}"));
  }
}
