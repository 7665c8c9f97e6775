package dev.celadon;

import dev.celadon.api.Service;
import dev.celadon.config.Config;
import dev.celadon.domain.installation.Health;
import dev.celadon.domain.installation.Installation;
import dev.celadon.domain.installation.Probe;
import dev.celadon.event.EventLog;
import dev.celadon.service.health.HealthService;
import dev.celadon.service.installation.InstallationService;
import dev.celadon.store.Postgres;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The part of the wiring that is about the installation itself: health, metrics, switches. */
final class Operations {

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Installation installation;
  private final List<Service> services;

  /**
   * @param others the names of the services that can be switched off
   */
  Operations(
      Config config,
      Postgres postgres,
      EventLog log,
      Installation.Rotation rotation,
      Collection<String> others) {
    installation = new Installation(postgres, log, rotation, others);
    var parts =
        new HealthService.Parts(
            new Health(postgres.point(), Clock.systemUTC()),
            List.of(Probe.inProcess("limits")),
            List.of(Probe.inProcess("wake-ups")),
            config.data().directory(),
            HealthService.Backlog.NONE);
    services =
        List.of(
            new HealthService(
                parts,
                new HealthService.Metrics(
                    metrics::scrape,
                    config.metrics().token(),
                    Set.copyOf(config.metrics().addresses()))),
            new InstallationService(installation));
    measureProcess();
  }

  private void measureProcess() {
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new JvmGcMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    new UptimeMetrics().bindTo(metrics);
  }

  Installation installation() {
    return installation;
  }

  PrometheusMeterRegistry metrics() {
    return metrics;
  }

  List<Service> services() {
    return services;
  }
}
