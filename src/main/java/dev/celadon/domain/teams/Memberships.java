package dev.celadon.domain.teams;

import dev.celadon.api.Actor;
import dev.celadon.api.Change;
import dev.celadon.api.Event;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Ids;
import dev.celadon.api.Page;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Listing;
import dev.celadon.domain.query.Sql;
import dev.celadon.domain.users.Accounts;
import dev.celadon.domain.users.Users;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who belongs to the teams of a project, and as what. */
public final class Memberships implements Users.Departure {

  private static final Event DELETE = Event.of("teams.[teamId].memberships.[membershipId].delete");

  private static final Attributes ATTRIBUTES =
      Attributes.of(
          Attribute.text("$id", "id"),
          Attribute.time("$createdAt", "created"),
          Attribute.time("$updatedAt", "updated"),
          Attribute.text("userId", "user_id"),
          Attribute.text("teamId", "team"),
          Attribute.time("invited", "invited"),
          Attribute.time("joined", "joined"),
          Attribute.bool("confirm", "confirmed"),
          Attribute.text("roles", "roles").list());

  private static final Listing<Membership> LISTING =
      new Listing<>(
          Membership.JOINED,
          ATTRIBUTES,
          List.of("id", "user_id", "user_name", "user_email"),
          Membership::of);

  private static final Listing<Membership> SHOWN =
      new Listing<>(Membership.JOINED, ATTRIBUTES, List.of("id"), Membership::of);

  private final Db point;
  private final Db list;
  private final Db transactions;
  private final EventLog log;
  private final Privacy privacy;

  /** Where everybody may see everybody, as in the console. */
  public Memberships(Postgres postgres, EventLog log) {
    this(postgres, log, project -> Privacy.Visible.ALL);
  }

  public Memberships(Postgres postgres, EventLog log, Privacy privacy) {
    this.privacy = privacy;
    this.point = postgres.point();
    this.list = postgres.list();
    this.transactions = postgres.transactions();
    this.log = log;
  }

  /**
   * The members of a team that fit.
   *
   * @param viewer who asks, and has seen the team
   */
  public Page<Membership> ofTeam(String project, String team, Actor viewer, Listing.Wanted wanted) {
    var scope = Sql.of("project = ").arg(project).add(" AND team = ").arg(team);
    // What is not shown is not searched either, or a search would tell it.
    var listing = viewer.privileged() ? LISTING : SHOWN;
    return listing.page(list, scope, wanted).map(m -> seen(project, viewer, m));
  }

  /** The places of a user in teams. */
  public Page<Membership> ofUser(String project, String user, Listing.Wanted wanted) {
    var scope = Sql.of("project = ").arg(project).add(" AND user_id = ").arg(user);
    return LISTING.page(list, scope, wanted);
  }

  /** One member of a team, or {@link Fault#MEMBERSHIP_NOT_FOUND}. */
  public Membership get(String project, String team, String id, Actor viewer) {
    var membership = find(point, project, team, id).orElseThrow(() -> missing(id));
    return seen(project, viewer, membership);
  }

  /** Everything to whom it concerns, and what the project lets members see to other members. */
  private Membership seen(String project, Actor viewer, Membership membership) {
    boolean all = viewer.privileged() || viewer.id().equals(membership.person().id());
    return all ? membership : membership.seen(privacy.visible(project));
  }

  /**
   * Adds a user to a team, confirmed at once. Only servers and administrators may: others invite.
   *
   * @throws Failure {@link Fault#MEMBERSHIP_ALREADY_CONFIRMED} for who is in the team already
   */
  Membership add(Db tx, Change change, String team, String user, List<String> roles) {
    var project = change.project();
    Teams.hold(tx, change, team);
    // Held, or a deletion of the user under way would end this with a broken reference.
    int held =
        tx.run(
            "SELECT 1 FROM celadon.users WHERE project = $1 AND id = $2 FOR KEY SHARE",
            project,
            user);
    if (held == 0) throw Users.missing(user);
    var id = Ids.unique();
    try {
      tx.run(
          """
          INSERT INTO celadon.memberships (project, id, team, user_id, roles, joined, confirmed)
          VALUES ($1, $2, $3, $4, $5, now(), true)
          """,
          project,
          id,
          team,
          user,
          distinct(roles));
    } catch (Db.Conflict conflict) {
      throw Failure.with(Fault.MEMBERSHIP_ALREADY_CONFIRMED);
    }
    count(tx, project, team, 1);
    var membership = find(tx, project, team, id).orElseThrow();
    publish(tx, change, change.event(), membership);
    return membership;
  }

  /**
   * Gives a member other roles.
   *
   * @throws Failure {@link Fault#MEMBERSHIP_DOWNGRADE_PROHIBITED} for the last owner
   */
  public Membership setRoles(Change change, String team, String id, List<String> roles) {
    return transactions.tx(
        tx -> {
          var project = change.project();
          Teams.hold(tx, change, team);
          var before = find(tx, project, team, id).orElseThrow(() -> missing(id));
          boolean leaves = bound(change) && !roles.contains(Membership.OWNER);
          if (leaves && lastOwner(tx, project, before)) {
            throw Failure.with(Fault.MEMBERSHIP_DOWNGRADE_PROHIBITED);
          }
          tx.run(
              """
              UPDATE celadon.memberships SET roles = $4, updated = now()
              WHERE project = $1 AND team = $2 AND id = $3
              """,
              project,
              team,
              id,
              distinct(roles));
          var membership = find(tx, project, team, id).orElseThrow();
          publish(tx, change, change.event(), membership);
          return seen(project, change.actor(), membership);
        });
  }

  /**
   * Takes a member out of a team. Members may leave by themselves; owners may send others away.
   *
   * @throws Failure {@link Fault#MEMBERSHIP_DELETION_PROHIBITED} for the last owner
   */
  public void delete(Change change, String team, String id) {
    transactions.tx(
        tx -> {
          var project = change.project();
          if (Teams.lock(tx, project, team).isEmpty()) throw Teams.missing(team);
          var membership = find(tx, project, team, id).orElse(null);
          var self = Teams.member(change.actor());
          if (membership == null || !membership.person().id().equals(self)) {
            Teams.hold(tx, change, team);
          }
          if (membership == null) throw missing(id);
          if (bound(change) && lastOwner(tx, project, membership)) {
            throw Failure.with(Fault.MEMBERSHIP_DELETION_PROHIBITED);
          }
          remove(tx, change, membership);
          return membership;
        });
  }

  /**
   * Takes a user who goes out of all teams, in the transaction of that.
   *
   * @throws Failure {@link Fault#USER_DELETION_PROHIBITED} for the last owner of a team of the
   *     console, because the projects of that team would be nobody's
   */
  @Override
  public void leave(Db tx, Change change, String user) {
    var project = change.project();
    var teams =
        tx.list(
            row -> row.getString(0),
            """
            SELECT id FROM celadon.teams WHERE project = $1 AND id IN
              (SELECT team FROM celadon.memberships WHERE project = $1 AND user_id = $2)
            ORDER BY id FOR NO KEY UPDATE
            """,
            project,
            user);
    for (var team : teams) {
      for (var membership : of(tx, project, team, user)) {
        if (project.equals(Accounts.CONSOLE) && lastOwner(tx, project, membership)) {
          throw Failure.with(Fault.USER_DELETION_PROHIBITED);
        }
        remove(tx, change, membership);
      }
    }
  }

  private void remove(Db tx, Change change, Membership membership) {
    tx.run(
        "DELETE FROM celadon.memberships WHERE project = $1 AND id = $2",
        change.project(),
        membership.id());
    if (membership.confirmed()) count(tx, change.project(), membership.team(), -1);
    publish(tx, change, DELETE, membership);
  }

  /** Servers may leave a team without an owner, as they may make one; not in the console. */
  private static boolean bound(Change change) {
    return !change.actor().privileged() || change.project().equals(Accounts.CONSOLE);
  }

  private static boolean lastOwner(Db tx, String project, Membership membership) {
    if (!membership.owner()) return false;
    return tx.one(
            row -> row.getString(0),
            """
            SELECT id FROM celadon.memberships
            WHERE project = $1 AND team = $2 AND id <> $3 AND confirmed AND $4 = ANY (roles)
            LIMIT 1
            """,
            project,
            membership.team(),
            membership.id(),
            Membership.OWNER)
        .isEmpty();
  }

  private static void count(Db tx, String project, String team, int by) {
    tx.run(
        "UPDATE celadon.teams SET total = total + $3 WHERE project = $1 AND id = $2",
        project,
        team,
        by);
  }

  private static Optional<Membership> find(Db db, String project, String team, String id) {
    return db.one(
        Membership::of,
        "SELECT * FROM " + Membership.JOINED + " WHERE project = $1 AND team = $2 AND id = $3",
        project,
        team,
        id);
  }

  private static List<Membership> of(Db tx, String project, String team, String user) {
    return tx.list(
        Membership::of,
        "SELECT * FROM " + Membership.JOINED + " WHERE project = $1 AND team = $2 AND user_id = $3",
        project,
        team,
        user);
  }

  private static String[] distinct(List<String> roles) {
    return roles.stream().distinct().toArray(String[]::new);
  }

  private void publish(Db tx, Change change, Event event, Membership membership) {
    var ids = Map.of("teamId", membership.team(), "membershipId", membership.id());
    // The whole team may read it.
    var shown = membership.seen(privacy.visible(change.project()));
    var payload = TeamModels.MEMBERSHIP.renderJson(shown);
    var user = "user:" + membership.person().id();
    log.append(tx, change, event, Fact.of(ids, payload, user, "team:" + membership.team()));
  }

  private static Failure missing(String id) {
    return Failure.with(Fault.MEMBERSHIP_NOT_FOUND, id);
  }
}
