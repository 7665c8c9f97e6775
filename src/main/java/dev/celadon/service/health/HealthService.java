package dev.celadon.service.health;

import dev.celadon.api.Action;
import dev.celadon.api.Service;
import dev.celadon.domain.installation.Health;
import dev.celadon.domain.installation.Probe;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code /v1/health}, {@code /v1/ping} and {@code /v1/version}. */
public final class HealthService implements Service {

  /** How much work waits, and how much was given up, by the kind's wire name. */
  public interface Backlog {
    Future<Long> waiting(String queue);

    Future<Long> failed(String queue);

    /** Where nothing is put off, nothing waits. */
    Backlog NONE =
        new Backlog() {
          @Override
          public Future<Long> waiting(String queue) {
            return Future.succeededFuture(0L);
          }

          @Override
          public Future<Long> failed(String queue) {
            return Future.succeededFuture(0L);
          }
        };
  }

  /**
   * What is asked how it is.
   *
   * @param cache what keeps limits and short-lived values
   * @param pubSub what carries wake-ups between nodes
   * @param files the folder in which files are kept
   */
  public record Parts(
      Health health, List<Probe> cache, List<Probe> pubSub, Path files, Backlog backlog) {}

  /**
   * Where metrics come from, and who may see them.
   *
   * @param scrape everything that is measured, as Prometheus reads it
   * @param token admits from anywhere; empty for none
   * @param addresses those that need no token, beside this machine
   */
  public record Metrics(Supplier<String> scrape, String token, Set<String> addresses) {}

  private final Parts parts;
  private final Metrics metrics;

  public HealthService(Parts parts, Metrics metrics) {
    this.parts = parts;
    this.metrics = metrics;
  }

  @Override
  public String name() {
    return "health";
  }

  @Override
  public List<Action> actions() {
    var guard = new GetMetrics.Guard(metrics.token(), metrics.addresses());
    return Stream.of(
            Stream.of(
                GetHealth.in(parts.health()),
                GetHealth.database(parts.health()),
                GetHealth.cache(parts.health(), parts.cache()),
                GetHealth.pubSub(parts.health(), parts.pubSub()),
                GetHealth.time(parts.health()),
                GetMetrics.in(metrics.scrape(), guard)),
            GetHealth.presence(),
            GetStorage.in(parts.files()),
            GetQueues.in(parts.backlog()))
        .flatMap(actions -> actions)
        .toList();
  }
}
