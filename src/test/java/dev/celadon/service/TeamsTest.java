package dev.celadon.service;

import static dev.celadon.service.People.KEY;
import static dev.celadon.service.People.body;
import static dev.celadon.service.People.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.api.Actor;
import dev.celadon.api.Fault;
import dev.celadon.domain.teams.Privacy;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Teams, their members, and who may do what with them. */
class TeamsTest {

  private final People people = new People();
  private final Actor.User ann = people.join("ann");
  private final Actor.User bob = people.join("bob");

  @AfterEach
  void close() {
    people.close();
  }

  @Test
  void whoCreatesATeamOwnsIt() {
    var team = people.call("teams.create", ann, "teamId", "t", "name", "Team");
    assertEquals(1, team.getInteger("total"));
    var identity = people.identity(ann);
    assertEquals("t", identity.memberships().getFirst().team());
    assertEquals(List.of("owner"), identity.memberships().getFirst().roles());
    assertEquals(
        Fault.TEAM_ALREADY_EXISTS,
        people.refused("teams.create", bob, "teamId", "t", "name", "Other"));
    assertEquals(
        0, people.call("teams.create", KEY, "teamId", "k", "name", "K").getInteger("total"));
    people.call("teams.create", bob, "teamId", "r", "name", "R", "roles", texts("a", "b", "a"));
    assertEquals(List.of("a", "b"), people.identity(bob).memberships().getFirst().roles());
  }

  @Test
  void usersSeeTheirOwnTeamsOnly() {
    people.call("teams.create", ann, "teamId", "t", "name", "Team");
    people.call("teams.create", ann, "teamId", "u", "name", "Umbrella");
    people.call("teams.create", bob, "teamId", "v", "name", "Other");
    assertEquals(2, people.call("teams.list", ann).getInteger("total"));
    assertEquals(1, people.call("teams.list", bob).getInteger("total"));
    assertEquals(3, people.call("teams.list", KEY).getInteger("total"));
    assertEquals(1, people.call("teams.list", KEY, "search", "umb").getInteger("total"));
    for (var call :
        List.of("teams.get", "teams.delete", "teams.getPrefs", "teams.listMemberships")) {
      assertEquals(Fault.TEAM_NOT_FOUND, people.refused(call, bob, "teamId", "t"), call);
    }
    assertEquals(
        Fault.CURSOR_NOT_FOUND,
        people.refused(
            "teams.list",
            bob,
            "queries",
            texts("{\"method\":\"cursorAfter\",\"values\":[\"t\"]}")));
  }

  @Test
  void membersReadAndOwnersWrite() {
    people.call("teams.create", ann, "teamId", "t", "name", "Team");
    add("bob", "dev");
    assertEquals(2, people.call("teams.get", bob, "teamId", "t").getInteger("total"));
    assertEquals(2, people.call("teams.listMemberships", bob, "teamId", "t").getInteger("total"));
    assertEquals(
        Fault.USER_UNAUTHORIZED,
        people.refused("teams.updateName", bob, "teamId", "t", "name", "Mine"));
    assertEquals(Fault.USER_UNAUTHORIZED, people.refused("teams.delete", bob, "teamId", "t"));
    assertEquals(
        Fault.USER_UNAUTHORIZED,
        people.refused("teams.updatePrefs", bob, "teamId", "t", "prefs", body("a", 1)));
    assertEquals(
        Fault.USER_UNAUTHORIZED,
        people.refused(
            "teams.createMembership",
            bob,
            "teamId",
            "t",
            "email",
            "c@x.test",
            "roles",
            texts("dev")));
    assertEquals(
        Fault.SMTP_DISABLED,
        people.refused(
            "teams.createMembership",
            ann,
            "teamId",
            "t",
            "email",
            "c@x.test",
            "roles",
            texts("dev")));
    people.call("teams.updateName", ann, "teamId", "t", "name", "Renamed");
    people.call("teams.updatePrefs", ann, "teamId", "t", "prefs", body("a", 1));
    assertEquals(body("a", 1), people.call("teams.getPrefs", bob, "teamId", "t"));
    people.call("teams.delete", ann, "teamId", "t");
    assertEquals(Fault.TEAM_NOT_FOUND, people.refused("teams.get", KEY, "teamId", "t"));
    assertEquals(0, people.count("SELECT count(*) FROM celadon.memberships"));
  }

  @Test
  void aKeyAddsMembersAndMakesUsersOfThem() {
    people.call("teams.create", KEY, "teamId", "t", "name", "Team");
    var membership =
        people.call(
            "teams.createMembership",
            KEY,
            "teamId",
            "t",
            "email",
            "New@x.test",
            "name",
            "New",
            "roles",
            texts("dev"));
    assertTrue(membership.getBoolean("confirm"));
    assertEquals("New", membership.getString("userName"));
    assertEquals("new@x.test", membership.getString("userEmail"));
    assertEquals("Team", membership.getString("teamName"));
    assertEquals(
        Fault.MEMBERSHIP_ALREADY_CONFIRMED,
        people.refused(
            "teams.createMembership",
            KEY,
            "teamId",
            "t",
            "email",
            "new@x.test",
            "roles",
            texts("dev")));
    assertEquals(
        Fault.USER_NOT_FOUND,
        people.refused(
            "teams.createMembership",
            KEY,
            "teamId",
            "t",
            "userId",
            "nobody",
            "roles",
            texts("dev")));
    assertEquals(
        Fault.ARGUMENT_INVALID,
        people.refused("teams.createMembership", KEY, "teamId", "t", "roles", texts("dev")));
    var ofUser =
        people.call("users.listMemberships", KEY, "userId", membership.getString("userId"));
    assertEquals(1, ofUser.getInteger("total"));
    assertEquals(
        "teams.[teamId].memberships.[membershipId].create t," + membership.getString("$id"),
        people.events().getLast());
    assertTrue(
        people
            .dump("celadon.events")
            .contains("\"readers\":[\"user:" + membership.getString("userId") + "\",\"team:t\"]"));
  }

  @Test
  void theTotalIsExactWhateverHappensAtOnce() {
    people.call("teams.create", KEY, "teamId", "t", "name", "Team");
    var made =
        People.parallel(
            20,
            () ->
                people.call(
                    "teams.createMembership",
                    KEY,
                    "teamId",
                    "t",
                    "email",
                    "m" + Thread.currentThread().threadId() + "@x.test",
                    "roles",
                    texts("dev")));
    assertEquals(20, people.call("teams.get", KEY, "teamId", "t").getInteger("total"));
    var one = ((JsonObject) made.getFirst()).getString("$id");
    var results =
        People.parallel(
            5,
            () -> people.call("teams.deleteMembership", KEY, "teamId", "t", "membershipId", one));
    assertEquals(4, Collections.frequency(results, Fault.MEMBERSHIP_NOT_FOUND));
    assertEquals(19, people.call("teams.get", KEY, "teamId", "t").getInteger("total"));
    var gone = ((JsonObject) made.getLast()).getString("userId");
    people.call("users.delete", KEY, "userId", gone);
    assertEquals(18, people.call("teams.get", KEY, "teamId", "t").getInteger("total"));
    assertEquals(18, people.call("teams.listMemberships", KEY, "teamId", "t").getInteger("total"));
  }

  @Test
  void theLastOwnerStays() {
    people.call("teams.create", ann, "teamId", "t", "name", "Team");
    var mine =
        people
            .call("teams.listMemberships", ann, "teamId", "t")
            .getJsonArray("memberships")
            .getJsonObject(0)
            .getString("$id");
    assertEquals(
        Fault.MEMBERSHIP_DOWNGRADE_PROHIBITED,
        people.refused(
            "teams.updateMembership",
            ann,
            "teamId",
            "t",
            "membershipId",
            mine,
            "roles",
            texts("dev")));
    assertEquals(
        Fault.MEMBERSHIP_DELETION_PROHIBITED,
        people.refused("teams.deleteMembership", ann, "teamId", "t", "membershipId", mine));
    var his = add("bob", "dev");
    assertEquals(
        Fault.USER_UNAUTHORIZED,
        people.refused(
            "teams.updateMembership",
            bob,
            "teamId",
            "t",
            "membershipId",
            his,
            "roles",
            texts("owner")));
    assertEquals(
        Fault.USER_UNAUTHORIZED,
        people.refused("teams.deleteMembership", bob, "teamId", "t", "membershipId", mine));
    people.call(
        "teams.updateMembership",
        ann,
        "teamId",
        "t",
        "membershipId",
        his,
        "roles",
        texts("owner", "dev"));
    // Two owners who leave at the same time: one of them has to stay.
    var results =
        People.parallel(
            2,
            new java.util.concurrent.Callable<Object>() {
              private final java.util.concurrent.atomic.AtomicInteger turn =
                  new java.util.concurrent.atomic.AtomicInteger();

              @Override
              public Object call() {
                boolean first = turn.getAndIncrement() == 0;
                return people.call(
                    "teams.deleteMembership",
                    first ? ann : bob,
                    "teamId",
                    "t",
                    "membershipId",
                    first ? mine : his);
              }
            });
    assertEquals(1, Collections.frequency(results, Fault.MEMBERSHIP_DELETION_PROHIBITED));
    assertEquals(1, people.call("teams.get", KEY, "teamId", "t").getInteger("total"));
  }

  @Test
  void membersSeeOfEachOtherWhatTheProjectLetsThem() {
    people.visible = new Privacy.Visible(true, false, false, false, false, false);
    people.call("teams.create", ann, "teamId", "t", "name", "Team");
    var his = add("bob", "dev");
    var seen = people.call("teams.getMembership", ann, "teamId", "t", "membershipId", his);
    assertEquals("bob", seen.getString("userId"));
    assertEquals("", seen.getString("userEmail"));
    assertEquals("", seen.getString("userAccessedAt"));
    for (var knowing : List.of(bob, KEY)) {
      assertEquals(
          "bob@x.test",
          people
              .call("teams.getMembership", knowing, "teamId", "t", "membershipId", his)
              .getString("userEmail"));
    }
    assertEquals(
        0,
        people
            .call("teams.listMemberships", ann, "teamId", "t", "search", "bob@")
            .getInteger("total"));
    var last = people.dump("(SELECT * FROM celadon.events WHERE event LIKE 'teams%memberships%')");
    assertTrue(last.contains("\"userId\":\"bob\"") && !last.contains("bob@x.test"), last);
  }

  @Test
  void membersMayLeave() {
    people.call("teams.create", ann, "teamId", "t", "name", "Team");
    var his = add("bob", "dev");
    people.call("teams.deleteMembership", bob, "teamId", "t", "membershipId", his);
    assertTrue(people.identity(bob).memberships().isEmpty());
    assertEquals(Fault.TEAM_NOT_FOUND, people.refused("teams.get", bob, "teamId", "t"));
  }

  @Test
  void theOwnerOfAConsoleTeamCannotGo() {
    var user =
        people.ask(
            "console",
            "account.create",
            People.GUEST,
            body("userId", "root", "email", "root@x.test", "password", "12345678"));
    assertEquals("root", user.body().getString("$id"));
    var root = People.user("root", "s");
    people.ask("console", "teams.create", root, body("teamId", "org", "name", "Org"));
    var refused = People.parallel(1, () -> people.ask("console", "account.delete", root, body()));
    assertEquals(List.of(Fault.USER_DELETION_PROHIBITED), refused);
    people.ask("console", "teams.delete", root, body("teamId", "org"));
    people.ask("console", "account.delete", root, body());
    assertEquals(0, people.count("SELECT count(*) FROM celadon.meta WHERE key = 'owner'"));
  }

  private String add(String user, String role) {
    return people
        .call("teams.createMembership", KEY, "teamId", "t", "userId", user, "roles", texts(role))
        .getString("$id");
  }
}
