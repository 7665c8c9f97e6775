package dev.celadon.service.projects;

import dev.celadon.domain.projects.EphemeralKeys;
import dev.celadon.domain.projects.Keys;
import dev.celadon.domain.projects.Platforms;
import dev.celadon.domain.projects.ProjectHook;
import dev.celadon.domain.projects.Projects;
import dev.celadon.domain.projects.Settings;
import dev.celadon.domain.projects.TestVault;
import dev.celadon.event.EventLog;
import dev.celadon.service.Desk;
import dev.celadon.service.Desk.Caller;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Two teams, and the services that make projects for them. */
class TestProjects {

  static final Postgres PG = TestPostgres.fresh();
  static final EventLog LOG = new EventLog();

  /** Stands for the engine of documents: gives every project a schema of its own. */
  static final ProjectHook SCHEMAS =
      new ProjectHook() {
        @Override
        public void created(Db tx, String project) {
          tx.script("CREATE SCHEMA \"p_" + project + "\"; CREATE TABLE \"p_" + project + "\".t ()");
        }

        @Override
        public void erased(Db tx, String project) {
          tx.script("DROP SCHEMA IF EXISTS \"p_" + project + "\" CASCADE");
        }
      };

  static final Projects PROJECTS = new Projects(PG, LOG, List.of(SCHEMAS));
  static final Keys KEYS = new Keys(PG, LOG, TestVault.open(PG.transactions()));
  static final Desk DESK = desk();
  static final Caller OWNER =
      Caller.admin("console", "team:acme", "team:acme/owner", "team:two", "team:two/owner");

  static {
    for (var team : List.of("acme", "two")) {
      PG.transactions()
          .run("INSERT INTO celadon.teams (project, id, name) VALUES ('console', $1, $1)", team);
    }
  }

  static Desk desk() {
    var tenancy =
        new ProjectsService.Tenancy(
            PROJECTS,
            new Settings(PG, LOG),
            KEYS,
            new EphemeralKeys(
                PG.transactions(), LOG, key -> "jwt-" + key.project(), Clock.systemUTC()),
            new Platforms(PG, LOG));
    return new Desk(new ProjectsService(tenancy), new ProjectService(tenancy));
  }

  static Caller in(String project) {
    return Caller.admin(project, "team:acme", "team:acme/owner", "team:two", "team:two/owner");
  }

  static JsonObject create(String id) throws Exception {
    return DESK.call(
        OWNER, "projects.create", Map.of("projectId", id, "name", "Shop", "teamId", "acme"));
  }

  static List<String> events(String project) {
    return PG.point()
        .list(
            row -> row.getString(0) + " " + String.join(",", row.getArrayOfStrings(1)),
            "SELECT event, ids FROM celadon.events WHERE project = $1 ORDER BY id",
            project);
  }
}
