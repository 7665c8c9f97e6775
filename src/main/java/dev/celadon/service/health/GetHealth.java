package dev.celadon.service.health;

import static dev.celadon.api.Endpoint.get;

import dev.celadon.api.Action;
import dev.celadon.api.Model;
import dev.celadon.api.Page;
import dev.celadon.api.Schema;
import dev.celadon.api.Scope;
import dev.celadon.api.Version;
import dev.celadon.domain.installation.Health;
import dev.celadon.domain.installation.Health.Status;
import dev.celadon.domain.installation.Probe;
import java.util.List;
import java.util.stream.Stream;

/** Whether the server works, and what it depends on. */
final class GetHealth {

  private static final String NAME = "celadon";

  private static final Model<String> VERSION =
      Model.of("version", String.class)
          .field("version", Schema.TEXT, product -> Version.PROTOCOL, "Of the wire protocol.")
          .field("product", Schema.TEXT, product -> product, "Of this server.");

  /** For everybody, and no more than anybody may know. */
  static Action in(Health health) {
    return get("/v1/health")
        .named("health", "get")
        .doc("Is the server well?", "Passes while the server and its database answer; or 503.")
        .scopes(Scope.PUBLIC, Scope.GLOBAL, Scope.HEALTH_READ)
        .composes(
            200, HealthModels.STATUS, call -> health.database(NAME).map(HealthModels::passing));
  }

  static Action database(Health health) {
    return get("/v1/health/db")
        .named("health", "getDB")
        .doc("Is the database well?", "Passes while PostgreSQL answers; or 503.")
        .scopes(Scope.HEALTH_READ)
        .composes(
            200,
            HealthModels.LIST,
            call -> health.database("postgresql").map(List::of).map(HealthModels::passing));
  }

  static Action cache(Health health, List<Probe> probes) {
    return group(health, "cache", "getCache", probes);
  }

  static Action pubSub(Health health, List<Probe> probes) {
    return group(health, "pubsub", "getPubSub", probes);
  }

  private static Action group(Health health, String tail, String name, List<Probe> probes) {
    return get("/v1/health/" + tail)
        .named("health", name)
        .doc("Is this well: " + tail, "Passes while everything of this kind answers; or 503.")
        .scopes(Scope.HEALTH_READ)
        .composes(200, HealthModels.LIST, call -> health.all(probes).map(GetHealth::passing));
  }

  private static Page<Status> passing(List<Status> statuses) {
    return HealthModels.passing(statuses);
  }

  static Action time(Health health) {
    return get("/v1/health/time")
        .named("health", "getTime")
        .doc("Are the clocks together?", "This node's clock and that of PostgreSQL.")
        .scopes(Scope.HEALTH_READ)
        .composes(200, HealthModels.TIME, call -> health.clocks());
  }

  /** Says that somebody is there, and what. */
  static Stream<Action> presence() {
    return Stream.of(
        get("/v1/ping")
            .named("health", "ping")
            .doc("Ping", "Answers `Pong!`.")
            .scopes(Scope.PUBLIC, Scope.GLOBAL)
            .ours()
            .returns(200, Model.text("pong"), call -> "Pong!"),
        get("/v1/version")
            .named("health", "getVersion")
            .doc("Version", "Which protocol is spoken, by which version of this server.")
            .scopes(Scope.PUBLIC, Scope.GLOBAL)
            .ours()
            .returns(200, VERSION, call -> Version.PRODUCT));
  }

  private GetHealth() {}
}
