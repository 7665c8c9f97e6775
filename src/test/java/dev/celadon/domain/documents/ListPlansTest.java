package dev.celadon.domain.documents;

import static dev.celadon.domain.documents.LargeTables.ALL;
import static dev.celadon.domain.documents.LargeTables.COMMON;
import static dev.celadon.domain.documents.LargeTables.ROWS;
import static dev.celadon.domain.documents.LargeTables.SPARSE;
import static dev.celadon.domain.documents.LargeTables.assertIndexed;
import static dev.celadon.domain.documents.LargeTables.index;
import static dev.celadon.domain.documents.LargeTables.plans;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What PostgreSQL does for the lists of a large table: it goes by an index, sorts no more than it
 * must, and touches about as much as the page holds.
 */
class ListPlansTest {

  /** All that somebody may read who may read one post in 2,000, and the way to it. */
  private static final int FEW = 700;

  private static final String DEEP = "cursorAfter(\"r" + "%07d".formatted(ROWS - 1_000) + "\")";
  private static final String BEFORE = "cursorBefore(\"r" + "%07d".formatted(ROWS - 1_000) + "\")";

  @BeforeAll
  @Timeout(300)
  static void fill() {
    LargeTables.fill();
  }

  @Test
  void twoFilters() {
    for (var access : List.of(ALL, COMMON)) {
      var state = "equal(\"state\", [\"state8\"])";
      assertIndexed(index("both"), access, state, "between(\"number\", [1000, 1009])");
    }
  }

  @Test
  void anOrderIsReadAndNotMade() {
    for (var access : List.of(ALL, COMMON)) {
      for (var order : List.of("orderAsc(\"number\")", "orderDesc(\"number\")")) {
        assertIndexed(index("number"), access, order);
      }
      for (var order : List.of("orderAsc(\"state\")", "orderDesc(\"state\")")) {
        assertIndexed(index("state"), access, order);
      }
      var state = "equal(\"state\", [\"state8\"])";
      assertIndexed(index("both"), access, state, "orderDesc(\"number\")");
      assertIndexed("_seq", access);
      assertIndexed("_seq", access, "orderDesc(\"$sequence\")");
    }
  }

  @Test
  void aCursorDeepInTheTableCostsNoMore() {
    for (var access : List.of(ALL, COMMON)) {
      for (var deep : List.of(DEEP, BEFORE)) {
        assertIndexed("_seq", access, deep);
        for (var key : List.of("number", "seldom", "state")) {
          assertIndexed(index(key), access, "orderAsc(\"" + key + "\")", deep);
          assertIndexed(index(key), access, "orderDesc(\"" + key + "\")", deep);
        }
      }
    }
  }

  @Test
  void rowsWithoutAValueAreAsQuick() {
    // 999,998 has no value, and there are 750,000 of these.
    var deep = "cursorAfter(\"r0999998\")";
    for (var access : List.of(ALL, COMMON)) {
      assertIndexed(index("seldom"), access, "orderAsc(\"seldom\")", deep);
      assertIndexed(index("seldom"), access, "orderDesc(\"seldom\")", deep);
      assertIndexed(index("seldom"), access, "isNull(\"seldom\")", "orderAsc(\"seldom\")");
    }
  }

  @Test
  void fewReadableRowsAreCollectedFirst() {
    var readers = "t" + LargeTables.table("posts").number() + "_read";
    assertIndexed(FEW, readers, plans("posts", SPARSE));
    assertIndexed(FEW, readers, plans("posts", SPARSE, "orderDesc(\"number\")"));
    assertIndexed(FEW, readers, plans("posts", SPARSE, "greaterThan(\"number\", [10])"));
  }

  @Test
  void wordsAndPlacesHaveIndexesToo() {
    int found = 3_000;
    var word = plans("posts", ALL, "search(\"words\", [\"word77\"])");
    assertIndexed(found, index("words"), word);
    var near = "distanceLessThan(\"place\", [[[10.2, 20.1], 50000, true]])";
    assertIndexed(found, index("places"), plans("posts", ALL, near));
    var square = "[[[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]]";
    var inside = "intersects(\"place\", " + square + ")";
    assertIndexed(found, index("places"), plans("posts", ALL, inside));
    var id = "t" + LargeTables.table("posts").number() + "_id";
    assertIndexed(id, ALL, "equal(\"$id\", [\"r0000005\"])");
  }

  @Test
  void anIndexOfBeginningsIsAsGood() {
    assertEquals(List.of(650L), LargeTables.table("posts").index("long").lengths());
    var text = "c4ca4238a0b923820dcc509a6f75849b word1";
    for (var access : List.of(ALL, COMMON)) {
      assertIndexed(index("long"), access, "equal(\"long\", [\"" + text + "\"])");
      assertIndexed(index("long"), access, "equal(\"long\", [\"a\", \"b\"])");
      assertIndexed(index("long"), access, "startsWith(\"long\", [\"c4ca4\"])");
      assertIndexed(index("long"), access, "lessThan(\"long\", [\"0001\"])");
      assertIndexed(index("long"), access, "between(\"long\", [\"a\", \"a001\"])");
      for (var order : List.of("orderAsc(\"long\")", "orderDesc(\"long\")")) {
        assertIndexed(index("long"), access, order);
        assertIndexed(index("long"), access, order, DEEP);
      }
    }
  }
}
