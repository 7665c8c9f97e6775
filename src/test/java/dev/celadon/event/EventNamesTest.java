package dev.celadon.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.event.EventNames.Words;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EventNamesTest {

  private static final String ROW = "databases.[databaseId].tables.[tableId].rows.[rowId].create";
  private static final String DOCUMENT =
      "databases.[databaseId].collections.[collectionId].documents.[documentId].create";
  private static final List<String> IDS = List.of("main", "posts", "42");

  @Test
  void oneRowHasTheNamesOfEachVocabulary() {
    var names = EventNames.of(ROW).names(IDS);
    assertEquals("databases.main.tables.posts.rows.42.create", names.iterator().next());
    assertEquals(24, names.size());
    for (var name :
        List.of(
            "databases.*.tables.*.rows.*.create",
            "databases.*.tables.posts.rows.*.create",
            "databases.main.collections.posts.documents.42.create",
            "databases.*.collections.*.documents.*.create",
            "tablesdb.main.tables.posts.rows.42.create",
            "tablesdb.*.tables.*.rows.*.create")) {
      assertTrue(names.contains(name), name);
    }
    var mirrored = EventNames.of(DOCUMENT).names(IDS);
    assertEquals(names, mirrored);
    assertEquals(
        "databases.main.collections.posts.documents.42.create", mirrored.iterator().next());
  }

  @Test
  void columnsAndTablesAndDatabasesAreMirroredToo() {
    var columns = EventNames.of("tablesdb.[tablesdbId].tables.[tableId].columns.[columnId].update");
    var names = columns.names(List.of("d", "t", "c"));
    assertTrue(names.contains("databases.d.collections.t.attributes.c.update"));
    assertTrue(names.contains("databases.*.tables.t.columns.*.update"));
    assertEquals(
        Set.of(
            "databases.d.create", "databases.*.create", "tablesdb.d.create", "tablesdb.*.create"),
        EventNames.of("databases.[databaseId].create").names(List.of("d")));
    assertEquals(
        Set.of("documentsdb.d.create", "documentsdb.*.create"),
        EventNames.of("documentsdb.[documentsdbId].create").names(List.of("d")));
  }

  @Test
  void theShortNameLeavesTheLastIdOut() {
    assertEquals(
        "databases.main.tables.posts.rows.create", EventNames.of(ROW).shortName(IDS, Words.OWN));
    assertEquals(
        "databases.main.collections.posts.documents.create",
        EventNames.of(ROW).shortName(IDS, Words.DOCUMENTS));
    assertEquals(
        "databases.main.tables.posts.rows.create",
        EventNames.of(DOCUMENT).shortName(IDS, Words.ROWS));
    assertEquals(
        "databases.main.collections.posts.documents.create",
        EventNames.of(DOCUMENT).shortName(IDS, Words.OWN));
    assertEquals(
        "users.update.email",
        EventNames.of("users.[userId].update.email").shortName(List.of("u"), Words.ROWS));
  }

  @Test
  void aRowIsOnTheseChannels() {
    var channels = EventNames.of(ROW).channels(IDS);
    for (var channel :
        List.of(
            "rows",
            "documents",
            "databases.main.tables.posts.rows",
            "databases.main.tables.posts.rows.42",
            "databases.main.collections.posts.documents",
            "databases.main.collections.posts.documents.42",
            "tablesdb.main.tables.posts.rows",
            "tablesdb.main.tables.posts.rows.42")) {
      assertTrue(channels.contains(channel), channel);
      assertTrue(channels.contains(channel + ".create"), channel);
    }
    assertEquals(16, channels.size());
  }

  @Test
  void othersAreOnTheirs() {
    assertChannels(
        "users.[userId].sessions.[sessionId].create",
        List.of("u", "s"),
        "account",
        "account.u",
        "account.create",
        "account.u.create");
    assertChannels("users.[userId].sessions.delete", List.of("u"), "account.u.delete");
    assertChannels(
        "teams.[teamId].update.prefs", List.of("t"), "teams", "teams.t", "teams.t.update");
    assertChannels(
        "teams.[teamId].memberships.[membershipId].update.status",
        List.of("t", "m"),
        "memberships",
        "memberships.m",
        "memberships.m.update");
    assertChannels(
        "buckets.[bucketId].files.[fileId].delete",
        List.of("b", "f"),
        "files",
        "buckets.b.files",
        "buckets.b.files.f",
        "files.delete");
    assertChannels(
        "functions.[functionId].executions.[executionId].create",
        List.of("f", "e"),
        "executions",
        "executions.e",
        "functions.f",
        "executions.e.create");
    assertChannels(
        "documentsdb.[databaseId].collections.[collectionId].documents.[documentId]" + ".update",
        List.of("d", "c", "x"),
        "documents",
        "documentsdb.d.collections.c.documents",
        "documentsdb.d.collections.c.documents.x.update");
    assertChannels("presences.[presenceId].upsert", List.of("p"), "presences", "presences.p");
    assertChannels("project.labels.update", List.of(), "project", "project.update");
    assertFalse(EventNames.of("teams.[teamId].create").channels(List.of("t")).contains("rows"));
  }

  private static void assertChannels(String template, List<String> ids, String... channels) {
    var found = EventNames.of(template).channels(ids);
    for (var channel : channels) assertTrue(found.contains(channel), channel + " in " + found);
  }
}
