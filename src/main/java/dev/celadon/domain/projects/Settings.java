package dev.celadon.domain.projects;

import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a project allows: services, protocols, ways to sign in, policies; and its labels. */
public final class Settings {

  /** What can be switched off and on for a project. */
  public enum Switch {
    SERVICE("services", "serviceId", Switches.SERVICES),
    PROTOCOL("protocols", "protocolId", Switches.PROTOCOLS),
    AUTH_METHOD("authMethods", "methodId", Switches.AUTH_METHODS);

    private final String plural;
    private final String idName;
    private final List<String> ids;

    Switch(String plural, String idName, List<String> ids) {
      this.plural = plural;
      this.idName = idName;
      this.ids = ids;
    }

    /** What all of them are called, as the wire has it. */
    public String plural() {
      return plural;
    }

    /** The placeholder of the id in the event's template. */
    public String idName() {
      return idName;
    }

    /** Everything of this kind. */
    public List<String> ids() {
      return ids;
    }
  }

  private final Postgres postgres;
  private final EventLog log;

  public Settings(Postgres postgres, EventLog log) {
    this.postgres = postgres;
    this.log = log;
  }

  /** Switches one service, protocol or way to sign in. */
  public Project turn(Change change, Switch kind, String id, boolean on) {
    return apply(
        change, Map.of(kind.idName, id), tx -> turn(tx, change.project(), kind, List.of(id), on));
  }

  /** Switches everything of a kind. */
  public Project turnAll(Change change, Switch kind, boolean on) {
    return apply(change, Map.of(), tx -> turn(tx, change.project(), kind, kind.ids, on));
  }

  private static Optional<Project> turn(
      Db tx, String project, Switch kind, Collection<String> ids, boolean on) {
    return tx.one(
        Project::of,
        """
        UPDATE celadon.projects p SET
          services_off = CASE $2 WHEN 'SERVICE'
            THEN celadon.switched(p.services_off, $3, $4) ELSE p.services_off END,
          protocols_off = CASE $2 WHEN 'PROTOCOL'
            THEN celadon.switched(p.protocols_off, $3, $4) ELSE p.protocols_off END,
          auth_off = CASE $2 WHEN 'AUTH_METHOD'
            THEN celadon.switched(p.auth_off, $3, $4) ELSE p.auth_off END,
          updated = now()
        WHERE p.id = $1
        RETURNING
        """
            + Project.COLUMNS,
        project,
        kind.name(),
        ids.toArray(String[]::new),
        on);
  }

  /** Sets those values of a policy that are given; the others stay. */
  public Project set(Change change, Policy policy, JsonObject values) {
    return apply(
        change,
        Map.of("policy", policy.wire()),
        tx ->
            tx.one(
                Project::of,
                """
                UPDATE celadon.projects p SET
                  policies = p.policies || jsonb_build_object(
                    $2::text, coalesce(p.policies -> $2::text, '{}') || $3::jsonb),
                  updated = now()
                WHERE p.id = $1
                RETURNING
                """
                    + Project.COLUMNS,
                change.project(),
                policy.wire(),
                values));
  }

  /** Replaces the labels. */
  public Project label(Change change, List<String> labels) {
    return apply(
        change,
        Map.of(),
        tx ->
            tx.one(
                Project::of,
                """
                UPDATE celadon.projects p SET labels = $2, updated = now() WHERE p.id = $1
                RETURNING
                """
                    + Project.COLUMNS,
                change.project(),
                labels.toArray(String[]::new)));
  }

  private Project apply(
      Change change, Map<String, String> ids, Function<Db, Optional<Project>> update) {
    var id = change.project();
    var all = new HashMap<>(ids);
    all.put("projectId", id);
    return postgres
        .transactions()
        .tx(
            tx -> {
              var project =
                  update.apply(tx).orElseThrow(() -> Failure.with(Fault.PROJECT_NOT_FOUND, id));
              log.append(tx, change, Fact.of(all, change.payload(project)));
              return project;
            });
  }
}
