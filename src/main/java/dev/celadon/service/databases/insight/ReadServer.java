package dev.celadon.service.databases.insight;

import static dev.celadon.api.Endpoint.get;
import static dev.celadon.api.Endpoint.post;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.documents.usage.Server;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Names;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The server behind a database: the same for all, and nothing that could be ordered, resized or
 * promoted from here.
 */
final class ReadServer {

  private static final String ROOT = Dialect.TABLES_DB.root;
  private static final String ONE = ROOT + "/{databaseId}";
  private static final Param<String> TARGET =
      Param.body("targetReplicaId", Rules.text(0, 256), "Who shall take over.").optional();

  static List<Action> in(Documents documents) {
    return List.of(specifications(), replicas(documents), status(documents), failover(documents));
  }

  private static Action specifications() {
    return get(ROOT + "/specifications")
        .named(Dialect.TABLES_DB.service, "listSpecifications")
        .doc("List specifications", "Servers to choose from: none, there is one for all.")
        .scopes(Scope.DATABASES_READ)
        .returns(
            200,
            Model.free("DedicatedDatabaseSpecificationList"),
            call ->
                new JsonObject()
                    .put("specifications", new JsonArray())
                    .put("total", 0)
                    .put(
                        "pricing",
                        new JsonObject()
                            .put("storageOverageRate", 0)
                            .put("bandwidthOverageRate", 0)
                            .put("replicaRate", 0)
                            .put("crossRegionReplicaRate", 0)
                            .put("pitrRate", 0)));
  }

  private static Action replicas(Documents documents) {
    return get(ONE + "/replicas")
        .named(Dialect.TABLES_DB.service, "getReplicas")
        .doc("Get replicas", "The server, and those that follow it.")
        .params(Names.DATABASE)
        .scopes(Scope.DATABASES_READ)
        .returns(
            200,
            Model.free("DedicatedDatabaseReplicas"),
            call -> {
              require(documents, call);
              var replicas = documents.server().replicas();
              var members = new JsonArray().add(member("primary", "primary", "ready", 0));
              for (var one : replicas) {
                members.add(member(one.name(), "replica", one.state(), one.lagS()));
              }
              boolean waits = replicas.stream().anyMatch(Server.Replica::synchronous);
              return new JsonObject()
                  .put("replicas", replicas.size())
                  .put("syncMode", waits ? "sync" : "async")
                  .put("members", members);
            });
  }

  private static JsonObject member(String id, String role, String status, double lagS) {
    return new JsonObject()
        .put("$id", id)
        .put("role", role)
        .put("status", status)
        .put("lagSeconds", lagS);
  }

  private static Action status(Documents documents) {
    return get(ONE + "/status")
        .named(Dialect.TABLES_DB.service, "getStatus")
        .doc("Get the status", "How the server is that holds the database.")
        .params(Names.DATABASE)
        .scopes(Scope.DATABASES_READ)
        .returns(
            200,
            Model.free("DatabaseStatus"),
            call -> {
              require(documents, call);
              return status(documents.server().status(), documents.server().replicas());
            });
  }

  private static JsonObject status(Server.Status status, List<Server.Replica> following) {
    var replicas = new JsonArray();
    for (var one : following) {
      replicas.add(
          new JsonObject()
              .put("index", replicas.size())
              .put("role", "replica")
              .put("healthy", one.state().equals("streaming"))
              .put("lagSeconds", one.lagS()));
    }
    return new JsonObject()
        .put("health", "healthy")
        .put("ready", true)
        .put("engine", "postgresql")
        .put("version", status.version())
        .put("uptime", status.uptimeS())
        .put(
            "connections",
            new JsonObject()
                .put("current", status.connections())
                .put("max", status.maxConnections()))
        .put("replicas", replicas)
        .put("volumes", new JsonArray());
  }

  private static Action failover(Documents documents) {
    return post(ONE + "/failovers")
        .named(Dialect.TABLES_DB.service, "createFailover")
        .doc("Fail over", "Always refused: who leads is decided where PostgreSQL is run.")
        .params(Names.DATABASE, TARGET)
        .scopes(Scope.DATABASES_WRITE)
        .returns(
            201,
            Model.free("DedicatedDatabase"),
            call -> {
              require(documents, call);
              throw Failure.with(Fault.FEATURE_UNSUPPORTED, "failovers by this way");
            });
  }

  private static void require(Documents documents, Call call) {
    documents.databases().get(call.project(), call.get(Names.DATABASE));
  }

  private ReadServer() {}
}
