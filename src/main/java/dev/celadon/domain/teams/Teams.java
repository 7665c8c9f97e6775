package dev.celadon.domain.teams;

import dev.celadon.api.Actor;
import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Ids;
import dev.celadon.api.Page;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Listing;
import dev.celadon.domain.query.Sql;
import dev.celadon.domain.users.Accounts;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The teams of a project. Users see the teams that they belong to, and owners change them; keys and
 * administrators see and change all.
 */
public final class Teams {

  private static final Listing<Team> LISTING =
      new Listing<>(
          "celadon.teams",
          Attributes.of(
              Attribute.text("$id", "id"),
              Attribute.time("$createdAt", "created"),
              Attribute.time("$updatedAt", "updated"),
              Attribute.text("name", "name"),
              Attribute.integer("total", "total")),
          List.of("id", "name"),
          Team::of);

  private final Db point;
  private final Db list;
  private final Db transactions;
  private final EventLog log;

  public Teams(Postgres postgres, EventLog log) {
    this.point = postgres.point();
    this.list = postgres.list();
    this.transactions = postgres.transactions();
    this.log = log;
  }

  /**
   * Creates a team. The user who calls becomes its first member; a key's team has none yet.
   *
   * @param roles what the first member is in it
   */
  public Team create(Change change, String id, String name, List<String> roles) {
    return transactions.tx(
        tx -> {
          var project = change.project();
          var founder = change.actor() instanceof Actor.User user ? user.id() : null;
          var team = insert(tx, project, id, name, founder == null ? 0 : 1);
          if (founder != null) {
            hold(tx, project, founder);
            tx.run(
                """
                INSERT INTO celadon.memberships
                  (project, id, team, user_id, roles, joined, confirmed)
                VALUES ($1, $2, $3, $4, $5, now(), true)
                """,
                project,
                Ids.unique(),
                id,
                founder,
                roles.stream().distinct().toArray(String[]::new));
          }
          publish(tx, change, team);
          return team;
        });
  }

  /** The team, if {@code viewer} may see it; otherwise {@link Fault#TEAM_NOT_FOUND}. */
  public Team get(String project, String id, Actor viewer) {
    return point
        .one(
            Team::of,
            """
            SELECT * FROM celadon.teams t
            WHERE project = $1 AND id = $2 AND ($3::text IS NULL OR EXISTS
              (SELECT 1 FROM celadon.memberships m
               WHERE m.project = $1 AND m.team = t.id AND m.user_id = $3 AND m.confirmed))
            """,
            project,
            id,
            member(viewer))
        .orElseThrow(() -> missing(id));
  }

  /** The teams that {@code viewer} may see and that fit. */
  public Page<Team> list(String project, Actor viewer, Listing.Wanted wanted) {
    var scope = Sql.of("project = ").arg(project);
    var member = member(viewer);
    if (member != null) {
      scope
          .add(" AND id IN (SELECT team FROM celadon.memberships WHERE confirmed AND project = ")
          .arg(project)
          .add(" AND user_id = ")
          .arg(member)
          .add(")");
    }
    return LISTING.page(list, scope, wanted);
  }

  public Team rename(Change change, String id, String name) {
    return update(change, id, name, null);
  }

  public Team setPrefs(Change change, String id, JsonObject prefs) {
    return update(change, id, null, prefs);
  }

  /** Deletes a team and with it all memberships. */
  public void delete(Change change, String id) {
    transactions.tx(
        tx -> {
          var team = hold(tx, change, id);
          if (change.project().equals(Accounts.CONSOLE)) keepOwner(tx, id);
          publish(tx, change, team);
          return tx.run(
              "DELETE FROM celadon.teams WHERE project = $1 AND id = $2", change.project(), id);
        });
  }

  /** A project must belong to somebody: a team of the console goes after its projects. */
  private static void keepOwner(Db tx, String id) {
    var owned = tx.one(row -> id, "SELECT 1 FROM celadon.projects WHERE team = $1 LIMIT 1", id);
    if (owned.isPresent()) {
      throw Failure.of(Fault.RESOURCE_LOCKED, "The team owns projects. Move or delete them first.");
    }
  }

  /** Removes all teams of a project that goes. */
  public static void erase(Db tx, String project) {
    tx.run("DELETE FROM celadon.memberships WHERE project = $1", project);
    tx.run("DELETE FROM celadon.teams WHERE project = $1", project);
  }

  /**
   * The team, held until the transaction ends, if the caller may change it.
   *
   * @throws Failure {@link Fault#TEAM_NOT_FOUND} to whoever may not see it, {@link
   *     Fault#USER_UNAUTHORIZED} to members who are no owners
   */
  static Team hold(Db tx, Change change, String id) {
    var team = lock(tx, change.project(), id).orElseThrow(() -> missing(id));
    var member = member(change.actor());
    if (member == null) return team;
    var roles =
        tx.one(
                row -> List.of(row.getArrayOfStrings(0)),
                """
                SELECT roles FROM celadon.memberships
                WHERE project = $1 AND team = $2 AND user_id = $3 AND confirmed
                """,
                change.project(),
                id,
                member)
            .orElseThrow(() -> missing(id));
    if (!roles.contains(Membership.OWNER)) throw Failure.with(Fault.USER_UNAUTHORIZED);
    return team;
  }

  /** Keeps a user from being deleted before the transaction ends. */
  private static void hold(Db tx, String project, String user) {
    int held =
        tx.run(
            "SELECT 1 FROM celadon.users WHERE project = $1 AND id = $2 FOR KEY SHARE",
            project,
            user);
    if (held == 0) throw Failure.with(Fault.USER_UNAUTHORIZED);
  }

  /** The team, held until the transaction ends, whoever calls. */
  static Optional<Team> lock(Db tx, String project, String id) {
    return tx.one(
        Team::of,
        "SELECT * FROM celadon.teams WHERE project = $1 AND id = $2 FOR NO KEY UPDATE",
        project,
        id);
  }

  /** Whose membership counts: null for those who need none, empty for guests, who have none. */
  static @Nullable String member(Actor actor) {
    return actor.privileged() ? null : actor.id();
  }

  /** There is no such team, as far as the caller can see. */
  public static Failure missing(String id) {
    return Failure.with(Fault.TEAM_NOT_FOUND, id);
  }

  private Team update(Change change, String id, @Nullable String name, @Nullable JsonObject prefs) {
    return transactions.tx(
        tx -> {
          hold(tx, change, id);
          var team =
              tx.one(
                      Team::of,
                      """
                      UPDATE celadon.teams SET updated = now(), name = coalesce($3, name),
                        prefs = coalesce($4, prefs)
                      WHERE project = $1 AND id = $2 RETURNING *
                      """,
                      change.project(),
                      id,
                      name,
                      prefs)
                  .orElseThrow();
          publish(tx, change, team);
          return team;
        });
  }

  private static Team insert(Db tx, String project, String id, String name, int total) {
    try {
      return tx.one(
              Team::of,
              """
              INSERT INTO celadon.teams (project, id, name, total) VALUES ($1, $2, $3, $4)
              RETURNING *
              """,
              project,
              id,
              name,
              total)
          .orElseThrow();
    } catch (Db.Conflict conflict) {
      throw Failure.with(Fault.TEAM_ALREADY_EXISTS, id);
    }
  }

  private void publish(Db tx, Change change, Team team) {
    var payload = TeamModels.TEAM.renderJson(team);
    log.append(tx, change, Fact.of(Map.of("teamId", team.id()), payload, "team:" + team.id()));
  }
}
