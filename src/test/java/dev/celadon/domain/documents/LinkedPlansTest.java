package dev.celadon.domain.documents;

import static dev.celadon.domain.documents.LargeTables.ALL;
import static dev.celadon.domain.documents.LargeTables.COMMON;
import static dev.celadon.domain.documents.LargeTables.ROWS;
import static dev.celadon.domain.documents.LargeTables.assertIndexed;
import static dev.celadon.domain.documents.LargeTables.link;
import static dev.celadon.domain.documents.LargeTables.plans;

import dev.celadon.api.Actor;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What PostgreSQL does for lists of a large table that ask for, or by, related rows. */
class LinkedPlansTest {

  private static final List<Actor> READERS = List.of(ALL, COMMON);

  /** Each of 25 rows has 100 related ones, which lie apart. */
  private static final int CHILDREN = 12_000;

  /** A tag is at 200 rows. */
  private static final int TAGGED = 1_500;

  private static final String DEEP = "cursorAfter(\"r" + "%07d".formatted(ROWS - 1_000) + "\")";

  @BeforeAll
  @Timeout(300)
  static void fill() {
    LargeTables.fill();
  }

  @Test
  void byAValueOfFewRelatedRows() {
    for (var access : READERS) {
      assertIndexed(link("author"), access, "equal(\"author.name\", [\"name77\"])");
      assertIndexed(link("author"), access, "equal(\"author\", [\"r0000077\"])");
      assertIndexed(link("author"), access, "isNull(\"author\")");
      var tagged = plans("posts", access, "equal(\"tags.name\", [\"tag77\"])");
      assertIndexed(TAGGED, "_child", tagged);
    }
  }

  @Test
  void byAValueOfManyRelatedRows() {
    for (var access : READERS) assertIndexed("_seq", access, "greaterThan(\"author.rank\", [3])");
  }

  @Test
  void inTheOrderOfRelatedRows() {
    for (var access : READERS) {
      assertIndexed(link("author"), access, "orderAsc(\"author.name\")");
      assertIndexed(link("author"), access, "orderAsc(\"author.name\")", DEEP);
      assertIndexed(link("author"), access, "orderDesc(\"author.name\")");
      assertIndexed(link("author"), access, "orderDesc(\"author.name\")", DEEP);
    }
  }

  @Test
  void relatedRowsAreLoadedByTheirLinks() {
    for (var access : READERS) {
      var one = plans("posts", access, "select([\"*\", \"author.*\"])");
      assertIndexed(400, "_id", one);
      assertIndexed(400, "_pair", plans("posts", access, "select([\"*\", \"tags.*\"])"));
      var many = plans("authors", access, "select([\"name\", \"posts.number\"])");
      assertIndexed(CHILDREN, link("author"), many);
    }
  }
}
