package dev.celadon.service.health;

import static dev.celadon.api.Endpoint.get;
import static dev.celadon.api.Param.path;
import static dev.celadon.api.Param.query;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much work waits, by kind: one row each. What is done in the transaction of a change itself
 * (audit, schema changes, deletions) never waits, so those are always empty.
 */
final class GetQueues {

  private record Row(String tail, String name) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("audits", "getQueueAudits"),
          new Row("builds", "getQueueBuilds"),
          new Row("builds-priority", "getQueuePriorityBuilds"),
          new Row("certificates", "getQueueCertificates"),
          new Row("databases", "getQueueDatabases"),
          new Row("deletes", "getQueueDeletes"),
          new Row("functions", "getQueueFunctions"),
          new Row("logs", "getQueueLogs"),
          new Row("mails", "getQueueMails"),
          new Row("messaging", "getQueueMessaging"),
          new Row("migrations", "getQueueMigrations"),
          new Row("stats-resources", "getQueueStatsResources"),
          new Row("stats-usage", "getQueueUsage"),
          new Row("webhooks", "getQueueWebhooks"));

  private static final Param<Long> THRESHOLD =
      query("threshold", Rules.integer(0, Integer.MAX_VALUE), "More than this many is an error.")
          .orElse(5_000L);
  private static final Param<String> DATABASE =
      query("name", Rules.text(256), "Which database; there is one.").orElse("");
  private static final Param<String> FAILED = path("name", Rules.text(64), "The queue's name.");

  static Stream<Action> in(HealthService.Backlog backlog) {
    return Stream.concat(
        ROWS.stream().map(row -> waiting(row, backlog)), Stream.of(failed(backlog)));
  }

  private static Action waiting(Row row, HealthService.Backlog backlog) {
    var params =
        row.tail.equals("databases") ? List.of(DATABASE, THRESHOLD) : List.<Param<?>>of(THRESHOLD);
    return get("/v1/health/queue/" + row.tail)
        .named("health", row.name)
        .doc("How much waits: " + row.tail, "Jobs of this kind that wait; 503 above a threshold.")
        .params(List.copyOf(params))
        .scopes(Scope.HEALTH_READ)
        .composes(
            200,
            HealthModels.QUEUE,
            call -> backlog.waiting(row.tail).compose(size -> bounded(call, row.tail, size)));
  }

  private static Action failed(HealthService.Backlog backlog) {
    return get("/v1/health/queue/failed/{name}")
        .named("health", "getFailedJobs")
        .doc("How much failed", "Jobs that were given up; 503 above a threshold.")
        .params(FAILED, THRESHOLD)
        .scopes(Scope.HEALTH_READ)
        .composes(
            200,
            HealthModels.QUEUE,
            call ->
                backlog
                    .failed(call.get(FAILED))
                    .compose(size -> bounded(call, call.get(FAILED), size)));
  }

  private static Future<Long> bounded(Call call, String queue, long size) {
    return size <= call.get(THRESHOLD)
        ? Future.succeededFuture(size)
        : Future.failedFuture(Failure.with(Fault.HEALTH_QUEUE_SIZE_EXCEEDED, queue, size));
  }

  private GetQueues() {}
}
