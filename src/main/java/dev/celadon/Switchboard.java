package dev.celadon;

import dev.celadon.bus.Services;
import dev.celadon.domain.installation.Installation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the services of this node in line with what is switched off: by configuration for good, by
 * an administrator at run time. Looks every second, so that each node follows within it.
 */
final class Switchboard {

  private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);
  private static final int EVERY_MS = 1_000;

  private final Services services;
  private final Installation installation;
  private final Set<String> configured;
  private Set<String> now;

  /**
   * @param configured the services that configuration switches off
   */
  Switchboard(Services services, Installation installation, List<String> configured) {
    this.services = services;
    this.installation = installation;
    this.configured = Set.copyOf(configured.stream().map(Services::key).toList());
    this.now = this.configured;
  }

  /** Deploys what is on, and follows from then on. */
  Future<?> start(Vertx vertx) {
    return look(true).onSuccess(started -> vertx.setPeriodic(EVERY_MS, timer -> look()));
  }

  /** Looks at once: somebody here has just thrown a switch. */
  Future<?> look() {
    return look(false)
        .onFailure(error -> LOG.warn("cannot see which services are on: {}", error.getMessage()));
  }

  private Future<?> look(boolean first) {
    return installation.off().compose(off -> follow(off, first));
  }

  private synchronized Future<?> follow(Set<String> off, boolean first) {
    var wanted = new HashSet<>(configured);
    wanted.addAll(off);
    if (!first && wanted.equals(now)) return Future.succeededFuture();
    now = wanted;
    return services.align(wanted);
  }
}
