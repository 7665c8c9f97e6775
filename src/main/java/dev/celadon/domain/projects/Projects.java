package dev.celadon.domain.projects;

import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Ids;
import dev.celadon.api.Page;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Listing;
import dev.celadon.domain.query.Sql;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How projects come, are described, change hands and go. That they do is told in the log of the
 * console, because a project's own log goes with it.
 */
public final class Projects {

  /** What a caller asks to be made; {@code details} as in {@link Project#details}. */
  public record Draft(String id, String team, String name, String region, JsonObject details) {}

  /** The only region there is: this installation. */
  public static final String REGION = "default";

  private static final Listing<Project> LISTING =
      new Listing<>(
          "(SELECT " + Project.COLUMNS + " FROM celadon.projects p) p",
          Attributes.of(
              Attribute.text("$id", "id"),
              Attribute.time("$createdAt", "created"),
              Attribute.time("$updatedAt", "updated"),
              Attribute.text("name", "name"),
              Attribute.text("teamId", "team"),
              Attribute.text("region", "region"),
              Attribute.text("labels", "labels").list()),
          List.of("id", "name"),
          Project::of);

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,35}");

  private final Postgres postgres;
  private final EventLog log;
  private final List<ProjectHook> hooks;

  public Projects(Postgres postgres, EventLog log, List<ProjectHook> hooks) {
    this.postgres = postgres;
    this.log = log;
    this.hooks = List.copyOf(hooks);
  }

  /** The rule for a new project's id, narrower than that for other ids. */
  public static Rule<String> newId() {
    return Rules.rule(
        Schema.TEXT.with("maxLength", 36),
        raw -> {
          if (Ids.UNIQUE.equals(raw)) return Ids.unique();
          if (raw instanceof String id && ID.matcher(id).matches()) return id;
          throw new Rule.Refused(
              "must be an id: 1 to 36 of a-z, 0-9 and hyphen, not beginning with a hyphen");
        });
  }

  /**
   * What is needed before any call to a project, in one statement; null if there is none. The
   * console is known without PostgreSQL, so that it can say that PostgreSQL is away.
   */
  public Future<@Nullable Access> access(String project) {
    if (project.equals(Project.CONSOLE)) return Future.succeededFuture(Access.CONSOLE);
    return postgres
        .point()
        .oneAsync(
            Access::of,
            """
            SELECT p.id, p.team, p.active, p.services_off, p.protocols_off, p.auth_off,
              p.policies, p.audit,
              ARRAY(SELECT f.hostname FROM celadon.platforms f
                    WHERE f.project = p.id AND f.hostname <> '') AS hosts
            FROM celadon.projects p WHERE p.id = $1
            """,
            project)
        .map(found -> found.orElse(null));
  }

  /**
   * Makes a project that is owned by a team.
   *
   * @throws Failure {@link Fault#PROJECT_ALREADY_EXISTS}, {@link Fault#PROJECT_RESERVED_PROJECT},
   *     {@link Fault#PROJECT_REGION_UNSUPPORTED}, or as {@link Owning#build}
   */
  public Project create(Change change, Draft draft) {
    if (draft.id.equals(Project.CONSOLE)) {
      throw Failure.with(Fault.PROJECT_RESERVED_PROJECT, draft.id);
    }
    if (!draft.region.equals(REGION)) {
      throw Failure.with(Fault.PROJECT_REGION_UNSUPPORTED, draft.region);
    }
    Owning.build(change, draft.team);
    try {
      return postgres.transactions().tx(tx -> insert(tx, change, draft));
    } catch (Db.Conflict taken) {
      throw Failure.with(Fault.PROJECT_ALREADY_EXISTS, draft.id);
    }
  }

  private Project insert(Db tx, Change change, Draft draft) {
    hold(tx, draft.team);
    tx.run("DELETE FROM celadon.erased_projects WHERE id = $1", draft.id);
    var project =
        tx.one(
                Project::of,
                """
                INSERT INTO celadon.projects AS p (id, team, name, region, details)
                VALUES ($1, $2, $3, $4, $5)
                RETURNING
                """
                    + Project.COLUMNS,
                draft.id,
                draft.team,
                draft.name,
                draft.region,
                draft.details)
            .orElseThrow();
    for (var hook : hooks) hook.created(tx, draft.id);
    tell(tx, change, project);
    return project;
  }

  /** Keeps a team from being deleted before the transaction ends. */
  private static void hold(Db tx, String team) {
    int held =
        tx.run("SELECT 1 FROM celadon.teams WHERE project = 'console' AND id = $1 FOR SHARE", team);
    if (held == 0) throw Failure.with(Fault.TEAM_NOT_FOUND, team);
  }

  /**
   * @throws Failure {@link Fault#PROJECT_NOT_FOUND}
   */
  public Project get(String id) {
    return postgres
        .point()
        .one(
            Project::of,
            "SELECT " + Project.COLUMNS + " FROM celadon.projects p WHERE p.id = $1 AND p.id <> $2",
            id,
            Project.CONSOLE)
        .orElseThrow(() -> Failure.with(Fault.PROJECT_NOT_FOUND, id));
  }

  /** The projects that somebody sees; the console is never among them. */
  public Page<Project> list(Owning.View view, Listing.Wanted wanted) {
    var own =
        Sql.of("id <> 'console' AND (team = ANY(")
            .arg(view.teams().toArray(String[]::new))
            .add(") OR (team = ANY(")
            .arg(view.partly().toArray(String[]::new))
            .add(") AND id = ANY(")
            .arg(view.projects().toArray(String[]::new))
            .add(")))");
    return LISTING.page(postgres.list(), own, wanted);
  }

  /** The ids of all projects of a team. */
  public List<String> ids(String team) {
    return postgres
        .list()
        .list(
            row -> row.getString(0),
            "SELECT id FROM celadon.projects WHERE team = $1 ORDER BY created, id",
            team);
  }

  /** Renames a project and changes those details that are named. */
  public Project update(Change change, String id, String name, JsonObject details) {
    return postgres
        .transactions()
        .tx(
            tx -> {
              var project =
                  tx.one(
                          Project::of,
                          """
                          UPDATE celadon.projects p
                          SET name = $2, details = p.details || $3::jsonb, updated = now()
                          WHERE p.id = $1 AND p.id <> $4
                          RETURNING
                          """
                              + Project.COLUMNS,
                          id,
                          name,
                          details,
                          Project.CONSOLE)
                      .orElseThrow(() -> Failure.with(Fault.PROJECT_NOT_FOUND, id));
              tell(tx, change, project);
              return project;
            });
  }

  /** Gives a project to another team; takes an owner of both. */
  public Project move(Change change, String id, String team) {
    Owning.own(change, get(id).team());
    Owning.own(change, team);
    return postgres
        .transactions()
        .tx(
            tx -> {
              hold(tx, team);
              var project =
                  tx.one(
                          Project::of,
                          """
                          UPDATE celadon.projects p SET team = $2, updated = now()
                          WHERE p.id = $1
                          RETURNING
                          """
                              + Project.COLUMNS,
                          id,
                          team)
                      .orElseThrow(() -> Failure.with(Fault.PROJECT_NOT_FOUND, id));
              tell(tx, change, project);
              return project;
            });
  }

  /** Notes that an administrator opened the project, at most once a day. */
  public void opened(String id) {
    postgres
        .point()
        .run(
            """
            UPDATE celadon.projects SET accessed = now()
            WHERE id = $1 AND (accessed IS NULL OR accessed < now() - interval '1 day')
            """,
            id);
  }

  /**
   * Deletes a project with everything in it. Nothing of it remains, its log neither; that it was
   * deleted stands in the log of the console.
   */
  public Project delete(Change change, String id) {
    return postgres.transactions().tx(tx -> erase(tx, change, id));
  }

  private Project erase(Db tx, Change change, String id) {
    var project =
        tx.one(
                Project::of,
                "SELECT "
                    + Project.COLUMNS
                    + " FROM celadon.projects p WHERE p.id = $1 AND p.id <> $2 FOR UPDATE",
                id,
                Project.CONSOLE)
            .orElseThrow(() -> Failure.with(Fault.PROJECT_NOT_FOUND, id));
    wipe(tx, id);
    tx.run("INSERT INTO celadon.erased_projects (id) VALUES ($1)", id);
    tell(tx, change, project);
    return project;
  }

  private void wipe(Db tx, String id) {
    tx.script("SET LOCAL statement_timeout = 0");
    for (var hook : hooks) hook.erased(tx, id);
    tx.one(row -> id, "SELECT celadon.erase_project($1)", id);
  }

  /**
   * Removes what callers left who were let into a project just before it was erased. To be called
   * now and then; any node may, several do no harm.
   */
  public void sweep() {
    postgres
        .transactions()
        .tx(
            tx -> {
              var gone =
                  tx.list(
                      row -> row.getString(0),
                      """
                      DELETE FROM celadon.erased_projects
                      WHERE time < now() - interval '1 minute' RETURNING id
                      """);
              for (var id : gone) wipe(tx, id);
              return gone;
            });
  }

  private void tell(Db tx, Change change, Project project) {
    var told = new Change(change.endpoint(), Project.CONSOLE, change.actor(), change.origin());
    log.append(
        tx,
        told,
        Fact.of(
            Map.of("projectId", project.id()), change.payload(project), "team:" + project.team()));
  }
}
