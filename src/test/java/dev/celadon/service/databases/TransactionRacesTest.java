package dev.celadon.service.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many who stage, commit and roll back at once. */
class TransactionRacesTest extends Staged {

  @Test
  void manyStageIntoOneAtOnce() throws Exception {
    var id = begin(ANN);
    var answers = atOnce(30, i -> create(ANN, "r" + i, Map.of("i", i), id));
    assertTrue(answers.stream().allMatch(answer -> answer.startsWith("{")), answers.toString());
    assertEquals("committed", end(ANN, id, "commit"));
    assertEquals(30, new JsonObject(call(ANN, "listRows")).getLong("total"));
  }

  @Test
  void ofManyThatChangeOneRowOneCommits() throws Exception {
    create(ANN, "hot", Map.of("i", 0), "");
    var ids = IntStream.range(0, 8).mapToObj(i -> begin(ANN)).toList();
    atOnce(8, i -> update(ANN, "hot", Map.of("i", i + 1), ids.get(i)));
    var ends = atOnce(8, i -> end(ANN, ids.get(i), "commit"));
    assertEquals(1, ends.stream().filter("committed"::equals).count(), ends.toString());
    assertEquals(7, ends.stream().filter("transaction_conflict"::equals).count(), ends.toString());
    assertEquals(ends.indexOf("committed") + 1, row("hot").getInteger("i"));
    assertEquals(2, events());
  }

  @Test
  void oneCommitsOnceHoweverOftenItIsAsked() throws Exception {
    var id = begin(ANN);
    create(ANN, "a", Map.of("i", 0), id);
    var ends = atOnce(8, i -> end(ANN, id, i % 2 == 0 ? "commit" : "rollback"));
    assertEquals(7, ends.stream().filter("transaction_not_ready"::equals).count(), ends.toString());
    boolean committed = ends.contains("committed");
    assertEquals(committed ? 1 : 0, events());
    assertEquals(committed, row("a").containsKey("$id"));
  }

  @Test
  void crossedOrderIsNoDeadlockForClients() throws Exception {
    create(ANN, "a", Map.of(), "");
    create(ANN, "b", Map.of(), "");
    var ends =
        atOnce(
            6,
            i -> {
              var id = begin(ANN);
              update(ANN, i % 2 == 0 ? "a" : "b", Map.of("s", "" + i), id);
              update(ANN, i % 2 == 0 ? "b" : "a", Map.of("s", "" + i), id);
              return end(ANN, id, "commit");
            });
    assertTrue(ends.contains("committed"), ends.toString());
    assertTrue(
        ends.stream().allMatch(e -> e.equals("committed") || e.equals("transaction_conflict")),
        ends.toString());
    assertEquals(row("a").getString("s"), row("b").getString("s"));
  }

  private interface Numbered {
    String of(int number);
  }

  private static List<String> atOnce(int times, Numbered work) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          IntStream.range(0, times).<Callable<String>>mapToObj(i -> () -> work.of(i)).toList();
      var answers = new ArrayList<String>();
      for (var done : threads.invokeAll(tasks)) answers.add(done.get());
      return answers;
    }
  }
}
