package dev.celadon.bench.peers;

import static dev.celadon.bench.Fixture.json;

import dev.celadon.bench.Fixture;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The rows that every server stores: the same values under ids of its own kind. */
final class Posts {

  /** One of a hundred authors, and the number of likes from which half of the rows are. */
  static final String AUTHOR = "author042";

  static final int LIKES = 500;

  private static final int AUTHORS = 100;
  private static final int BATCH = 100;
  private static final int BULK = 100;

  /** Stores rows in one request. */
  interface Store {
    void all(List<JsonObject> rows) throws IOException;
  }

  /**
   * Stores {@code count} rows.
   *
   * @param key the name of the id
   * @param id the format of ids, with one number in it
   */
  static void fill(int count, String key, String id, Store store) throws IOException {
    for (int from = 0; from < count; from += BATCH) {
      var rows = new ArrayList<JsonObject>();
      for (int i = from; i < Math.min(count, from + BATCH); i++) {
        rows.add(row(i).put(key, id.formatted(i)));
      }
      store.all(rows);
    }
  }

  private static JsonObject row(int number) {
    return Fixture.post("Post " + number)
        .put("authorId", "author%03d".formatted(number % AUTHORS))
        .put("likes", number * 37L % 1000);
  }

  /** A row without an id. */
  static JsonObject fresh() {
    return Fixture.post("A new post");
  }

  /** Rows without ids, as many as a bulk insert has. */
  static List<JsonObject> bulk() {
    var rows = new ArrayList<JsonObject>();
    for (int i = 0; i < BULK; i++) rows.add(fresh());
    return rows;
  }

  /** What an update sets. */
  static JsonObject touched() {
    return json("likes", "RANDOM");
  }

  private Posts() {}
}
