package dev.celadon.transfer;

import static dev.celadon.TestServer.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestConfig;
import dev.celadon.TestServer;
import dev.celadon.config.Config;
import dev.celadon.domain.documents.transfer.Imports;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Files that come in pieces, are broken off, and come twice. */
class ResumedTest {

  /** So many looks without a change, 25 ms apart, and no more is on its way. */
  private static final int QUIET = 20;

  private static final Files FILES = new Files(TestServer.start(ResumedTest::small));
  private static final int MAX_BYTES = 8 << 20;

  private static Config small(Config config) {
    return TestConfig.with(TestConfig.importing(config, MAX_BYTES), false);
  }

  private static String table(String id) {
    return FILES.table(id, List.of(), "text s");
  }

  /** A header and so many rows, in some of which a line breaks. */
  private static String file(int rows, int width) {
    var file = new StringBuilder("$id,s\n");
    for (int i = 0; i < rows; i++) {
      file.append('r').append(i).append(",\"").append("é".repeat(width)).append("\n\"\n");
    }
    return file.toString();
  }

  /** Sends a part of a body that says it is longer, and hangs up when that is being read. */
  private static void breakOff(String table, String id, String part) throws Exception {
    var path = table + "/imports?importId=" + id;
    try (var socket = new Socket("127.0.0.1", FILES.server.port())) {
      var body = part.getBytes(StandardCharsets.UTF_8);
      var head =
          "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nX-Appwrite-Project: p1\r\n"
                  .formatted(path)
              + "X-Appwrite-Key: %s\r\nContent-Length: %d\r\n\r\n"
                  .formatted(FILES.key.headers().get("x-appwrite-key"), body.length + 100);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      settled(table, id, 0);
      Thread.sleep(200);
    }
  }

  private static JsonObject state(String table, String id) {
    return expect(200, FILES.server.get(FILES.key, table + "/imports/" + id)).json();
  }

  /** What has been taken of an import that was broken off, when nothing has come for a while. */
  private static JsonObject settled(String table, String id, long atLeast) throws Exception {
    long before = -1;
    for (int i = 0, same = 0; i < 1_200; i++) {
      var answer = FILES.server.get(FILES.key, table + "/imports/" + id);
      long bytes = answer.status() == 200 ? answer.json().getLong("bytes") : -1;
      same = bytes >= atLeast && bytes == before ? same + 1 : 0;
      if (same == QUIET) return answer.json();
      before = bytes;
      Thread.sleep(25);
    }
    throw new AssertionError("nothing was kept of " + id);
  }

  @Test
  void whatWasBrokenOffGoesOnWhereItWas() throws Exception {
    var table = table("cut");
    var file = file(3_000, 200);
    var part = file.substring(0, file.length() / 2);
    breakOff(table, "cut", part);
    // Whatever had arrived: some of it may have been lost with the connection.
    var kept = settled(table, "cut", 1);
    assertEquals("open", kept.getString("status"));
    long bytes = kept.getLong("bytes");
    var all = file.getBytes(StandardCharsets.UTF_8);
    assertEquals('\n', all[(int) bytes - 1], "a record ends there");
    assertEquals(kept.getLong("good") * 2 + 1, kept.getLong("lines"));
    assertEquals(List.of(), FILES.ids(FILES.key, table), "nothing is seen before all is there");
    var beyond =
        FILES.send(
            FILES.key, table + "/imports?importId=cut&offset=" + (bytes + 1), Files.CSV, "x");
    assertEquals("general_argument_invalid", beyond.type());

    var rest = Arrays.copyOfRange(all, (int) bytes, all.length);
    var done =
        FILES.send(FILES.key, table + "/imports?importId=cut&offset=" + bytes, Files.CSV, rest);
    assertEquals("completed", expect(202, done).json().getString("status"));
    assertEquals(3_000, done.json().getLong("stored"));
    assertEquals(6_001, done.json().getLong("lines"));
    assertEquals(all.length, done.json().getLong("bytes"));
    var ids = FILES.ids(FILES.key, table);
    assertEquals(3_000, ids.size());
    assertEquals(3_000, new HashSet<>(ids).size());
    assertEquals(3_000, FILES.events("cut"));
    var rows = FILES.take(FILES.key, table, "format=csv", "columns%5B%5D=$id&columns%5B%5D=s");
    assertEquals(file, rows.replace("\r\n", "\n"));
  }

  @Test
  void whatComesTwiceIsTakenOnce() throws Exception {
    var table = table("twice");
    var file = file(500, 10);
    breakOff(table, "twice", file.substring(0, 5_000));
    settled(table, "twice", 1);
    // The same request as before, with the whole file.
    var one = FILES.bring(FILES.key, table, Files.CSV, file, "importId=twice");
    assertEquals(500, one.getLong("stored"));
    // And once more, when all is done.
    var again = FILES.bring(FILES.key, table, Files.CSV, file, "importId=twice");
    assertEquals(one, again);
    assertEquals(500, FILES.ids(FILES.key, table).size());
    assertEquals(500, FILES.events("twice"));
    var other =
        FILES.send(
            FILES.key,
            table + "/imports?importId=twice&header=false&columns%5B%5D=s",
            Files.CSV,
            file);
    assertEquals("general_argument_invalid", other.type());
  }

  @Test
  void aFileMayComeInPieces() {
    var table = table("pieces");
    var file = file(100, 50).getBytes(StandardCharsets.UTF_8);
    long taken = 0;
    // Pieces end anywhere, also within a character; what is no whole record comes again.
    for (int size = 701; taken + size < file.length; ) {
      var piece = Arrays.copyOfRange(file, (int) taken, (int) taken + size);
      var path = table + "/imports?importId=pieces&more=true&offset=" + taken;
      var one = expect(202, FILES.send(FILES.key, path, Files.CSV, piece)).json();
      assertEquals("open", one.getString("status"));
      assertTrue(one.getLong("bytes") > taken, "it goes on");
      taken = one.getLong("bytes");
    }
    var rest = Arrays.copyOfRange(file, (int) taken, file.length);
    var path = table + "/imports?importId=pieces&offset=" + taken;
    assertEquals(
        100, expect(202, FILES.send(FILES.key, path, Files.CSV, rest)).json().getLong("stored"));
  }

  @Test
  void twoWhoBringTheSameDoNotMix() throws Exception {
    var table = table("race");
    var file = file(2_000, 100);
    var statuses = new ArrayList<Integer>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    var answer =
                        FILES.send(FILES.key, table + "/imports?importId=race", Files.CSV, file);
                    synchronized (statuses) {
                      statuses.add(answer.status());
                    }
                  }));
    }
    for (var thread : threads) thread.join();
    assertTrue(statuses.stream().allMatch(status -> status == 202 || status == 409), "" + statuses);
    var end = FILES.bring(FILES.key, table, Files.CSV, file, "importId=race");
    assertEquals("completed", end.getString("status"));
    assertEquals(2_000, FILES.ids(FILES.key, table).size());
    assertEquals(2_000, FILES.events("race"));
  }

  @Test
  void whatIsLeftBehindIsNothing() {
    var table = table("left");
    FILES.bring(FILES.key, table, Files.CSV, file(10, 5), "importId=left", "more=true");
    // The server dies while it stores: its transaction is gone, what was taken is not.
    FILES
        .server
        .postgres()
        .transactions()
        .run(
            "UPDATE celadon.imports SET expires = clock_timestamp() - interval '1 s'"
                + " WHERE id = 'left'");
    Imports.sweep(FILES.server.postgres().transactions());
    assertEquals(
        "migration_not_found", FILES.server.get(FILES.key, table + "/imports/left").type());
    assertEquals(
        0, FILES.count("SELECT count(*) FROM celadon.import_records WHERE import = 'left'"));
    assertEquals(List.of(), FILES.ids(FILES.key, table));
  }

  @Test
  void whoDiesWhileItStoresLeavesItToTheNext() throws Exception {
    var table = table("dies");
    var file = file(400, 5);
    FILES.bring(FILES.key, table, Files.CSV, file, "importId=dies", "more=true");
    var db = FILES.server.postgres().transactions();
    // A row that another transaction is about to make keeps the store waiting within its own.
    var number = FILES.count("SELECT number FROM celadon.tables WHERE id = 'dies'");
    var schema = FILES.count("SELECT number FROM celadon.schemas WHERE project = 'p1'");
    var at = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var other =
        Thread.ofVirtual()
            .start(
                () ->
                    db.tx(
                        tx -> {
                          tx.run(
                              "INSERT INTO p%d.t%d (_id, _created, _updated, _read, _update, _delete)"
                                      .formatted(schema, number)
                                  + " VALUES ('r399', now(), now(), '{}', '{}', '{}')");
                          at.countDown();
                          try {
                            go.await();
                          } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                          }
                          tx.run(
                              "DELETE FROM p%d.t%d WHERE _id = 'r399'".formatted(schema, number));
                          return 0;
                        }));
    at.await();
    var path = table + "/imports?importId=dies";
    var first = Thread.ofVirtual().start(() -> FILES.send(FILES.key, path, Files.CSV, file));
    for (int i = 0; i < 200 && !state(table, "dies").getString("status").equals("applying"); i++) {
      Thread.sleep(25);
    }
    assertEquals("applying", state(table, "dies").getString("status"));
    assertEquals(List.of(), FILES.ids(FILES.key, table), "nothing is seen yet");
    var killed =
        FILES.count(
            "SELECT count(pg_terminate_backend(l.pid)) FROM pg_locks l JOIN pg_database d"
                + " ON d.oid = l.database AND d.datname = current_database()"
                + " WHERE l.locktype = 'advisory' AND l.objsubid = 1"
                + " AND l.pid <> pg_backend_pid() AND ((l.classid::bigint << 32) | l.objid::bigint)"
                + " = hashtextextended('p1/dies', 68)");
    assertEquals(1, killed);
    first.join();
    go.countDown();
    other.join();
    assertEquals("open", state(table, "dies").getString("status"));
    assertEquals(List.of(), FILES.ids(FILES.key, table), "nothing half done");
    assertEquals(0, FILES.events("dies"));
    var done = FILES.bring(FILES.key, table, Files.CSV, file, "importId=dies");
    assertEquals(400, done.getLong("stored"));
    assertEquals(400, FILES.events("dies"));
  }

  @Test
  void bytesHaveALimit() {
    var table = table("long");
    var line = "x".repeat(5 << 20);
    var answer =
        FILES.send(FILES.key, table + "/imports?importId=long", Files.CSV, "s\nok\n" + line);
    assertEquals(400, answer.status(), answer.text());
    assertTrue(answer.text().contains("line 3"), answer.text());
    var kept = state(table, "long");
    assertEquals("open", kept.getString("status"));
    assertEquals(5, kept.getLong("bytes"));
    var much = file(40_000, 100);
    assertTrue(much.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES);
    var large = FILES.send(FILES.key, table + "/imports?importId=large", Files.CSV, much);
    assertEquals(413, large.status(), large.text());
    assertEquals(List.of(), FILES.ids(FILES.key, table));
  }

  @Test
  void whoIsTooSlowIsTold() throws Exception {
    var slow =
        new Files(
            TestServer.start(
                config -> {
                  var s = config.server();
                  return TestConfig.with(
                      TestConfig.with(config, TestConfig.patient(s, 300)), false);
                }));
    var table = slow.table("slow", List.of(), "text s");
    try (var socket = new Socket("127.0.0.1", slow.server.port())) {
      socket.setSoTimeout(10_000);
      var head =
          "POST %s/imports?importId=slow HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                  .formatted(table)
              + "X-Appwrite-Project: p1\r\nX-Appwrite-Key: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
                  .formatted(slow.key.headers().get("x-appwrite-key"));
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write("4\r\ns\na\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      var heard = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(heard);
      assertTrue(heard.toString(StandardCharsets.UTF_8).contains(" 408 "), heard.toString());
      assertFalse(heard.toString(StandardCharsets.UTF_8).contains("500"));
    }
    var kept = expect(200, slow.server.get(slow.key, table + "/imports/slow")).json();
    assertEquals(4, kept.getLong("bytes"), "what came is kept");
  }
}
