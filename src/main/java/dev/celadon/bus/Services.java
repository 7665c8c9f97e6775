package dev.celadon.bus;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Service;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The services of this node. Each is a set of verticles, one an event loop; switching a service off
 * undeploys them, so that a call finds nobody and is refused.
 */
public final class Services {

  /** As long may a body come that is read while it comes, in milliseconds. */
  private static final long STREAMING_MS = 6 * 60 * 60 * 1_000;

  private final Vertx vertx;
  private final Verifier verifier;
  private final Changes changes;
  private final int loops;
  private final Map<String, Service> known;
  private final Map<String, Future<String>> deployed = new HashMap<>();
  private final DeliveryOptions call;
  private final DeliveryOptions streaming;

  /**
   * @param loops how many verticles each service gets
   * @param timeoutMs after how long a call that is not answered counts as failed
   */
  public Services(Vertx vertx, List<Service> services, Wiring wiring, int loops, int timeoutMs) {
    this.vertx = vertx;
    this.verifier = wiring.verifier();
    this.changes = wiring.changes();
    this.loops = loops;
    this.known =
        services.stream().collect(Collectors.toMap(s -> key(s.name()), service -> service));
    this.call = options(timeoutMs);
    this.streaming = options(STREAMING_MS);
    ByReference.register(vertx.eventBus());
  }

  private static DeliveryOptions options(long timeoutMs) {
    return new DeliveryOptions()
        .setCodecName(ByReference.ENVELOPE)
        .setLocalOnly(true)
        .setSendTimeout(timeoutMs);
  }

  /** What every service verticle shares. */
  public record Wiring(Verifier verifier, Changes changes) {}

  /** Brings the deployed services in line with {@code off}. Unknown names are ignored. */
  public synchronized Future<?> align(Set<String> off) {
    var steps = new ArrayList<Future<?>>();
    for (var name : known.keySet()) {
      if (off.contains(name)) steps.add(off(name));
      else steps.add(on(name));
    }
    return Future.join(steps);
  }

  private synchronized Future<String> on(String name) {
    return deployed.computeIfAbsent(name, n -> deploy(service(n)));
  }

  private synchronized Future<?> off(String name) {
    var deployment = deployed.remove(name);
    return deployment == null ? Future.succeededFuture() : deployment.compose(vertx::undeploy);
  }

  private Service service(String name) {
    var service = known.get(name);
    if (service == null) throw new IllegalArgumentException("no service " + name);
    return service;
  }

  private Future<String> deploy(Service service) {
    return vertx.deployVerticle(
        () -> new ServiceVerticle(service, verifier, changes),
        new DeploymentOptions().setInstances(loops));
  }

  /** Asks the endpoint's service. Fails with a {@link Failure} only. */
  public Future<Reply> request(Envelope envelope) {
    var service = envelope.endpoint().service();
    var asked =
        Context.isOnEventLoopThread()
            ? send(near(service), envelope)
                .recover(
                    failure ->
                        nobody(failure)
                            ? send(address(service), envelope)
                            : Future.failedFuture(failure))
            : send(address(service), envelope);
    return asked.recover(
        failure ->
            Future.failedFuture(
                nobody(failure)
                    ? Failure.with(Fault.SERVICE_DISABLED, service)
                    : Failure.with(Fault.BUSY)));
  }

  private Future<Reply> send(String address, Envelope envelope) {
    var options = envelope.endpoint().streams() ? streaming : call;
    return vertx.eventBus().<Reply>request(address, envelope, options).map(Message::body);
  }

  private static boolean nobody(Throwable failure) {
    return failure instanceof ReplyException e && e.failureType() == ReplyFailure.NO_HANDLERS;
  }

  /** Where a service listens on the event loop that asks; it may be that it does not. */
  static String near(String service) {
    return address(service) + "@" + Thread.currentThread().getName();
  }

  static String address(String service) {
    return "service." + key(service);
  }

  /** The name by which a service is switched: {@code tablesdb} for tablesDB. */
  public static String key(String service) {
    return service.toLowerCase(Locale.ROOT);
  }
}
