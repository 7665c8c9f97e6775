package dev.celadon.bus;

import dev.celadon.api.Action;
import dev.celadon.api.AsyncHandler;
import dev.celadon.api.Call;
import dev.celadon.api.CallerClaims;
import dev.celadon.api.Download;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Handler;
import dev.celadon.api.Service;
import dev.celadon.store.Db;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one {@link Service} from the bus: one call, one virtual thread, unless the endpoint
 * composes futures. A handler that waits must not run inside the consumer: a consumer takes its
 * next message only when its handler has returned, so one that waits would serve calls one by one.
 */
final class ServiceVerticle extends VerticleBase {

  /** How many calls of one service may wait at once on one event loop. */
  private static final int CALLS_AT_ONCE = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(ServiceVerticle.class);
  private static final DeliveryOptions REPLY =
      new DeliveryOptions().setCodecName(ByReference.REPLY);

  private final Service service;
  private final Verifier verifier;
  private final Changes changes;
  private final Map<String, Action> actions;
  private final Semaphore slots = new Semaphore(CALLS_AT_ONCE);

  ServiceVerticle(Service service, Verifier verifier, Changes changes) {
    this.service = service;
    this.verifier = verifier;
    this.changes = changes;
    this.actions =
        service.actions().stream()
            .collect(Collectors.toMap(action -> action.endpoint().id(), Function.identity()));
  }

  /** Listens for whoever calls, and for those on its own event loop: they need not change loops. */
  @Override
  public Future<?> start() {
    var bus = vertx.eventBus();
    var near = Services.near(service.name());
    return bus.<Envelope>localConsumer(Services.address(service.name()), this::accept)
        .completion()
        .compose(all -> bus.<Envelope>localConsumer(near, this::accept).completion());
  }

  private void accept(Message<Envelope> message) {
    verifier
        .verify(message.body().token())
        .onSuccess(caller -> run(message, caller))
        .onFailure(
            error -> {
              LOG.error("a call came with a token that is not ours", error);
              refuse(message, Failure.with(Fault.USER_UNAUTHORIZED));
            });
  }

  private void run(Message<Envelope> message, CallerClaims.Known caller) {
    var envelope = message.body();
    var call =
        new Call(
            envelope.endpoint(),
            caller.project(),
            caller.actor(),
            envelope.origin(),
            envelope.values());
    var action = actions.get(envelope.endpoint().id());
    if (action == null) throw new IllegalStateException(envelope.endpoint().id() + " is not here");
    switch (action.work()) {
      case AsyncHandler<?> handler -> compose(message, call, handler);
      case Handler<?> handler -> await(message, call, handler);
    }
  }

  private void compose(Message<Envelope> message, Call call, AsyncHandler<?> handler) {
    Future<?> future;
    try {
      future = handler.handle(call);
    } catch (RuntimeException error) {
      fail(message, call, error);
      return;
    }
    future
        .onSuccess(value -> answer(message, call, value))
        .onFailure(error -> fail(message, call, error));
  }

  private void await(Message<Envelope> message, Call call, Handler<?> handler) {
    if (!slots.tryAcquire()) {
      refuse(message, Failure.with(Fault.BUSY));
      return;
    }
    Thread.ofVirtual()
        .name(call.endpoint().id())
        .start(
            () -> {
              try {
                answer(message, call, handler.handle(call));
              } catch (Exception | StackOverflowError error) {
                fail(message, call, error);
              } finally {
                slots.release();
              }
            });
  }

  private void answer(Message<Envelope> message, Call call, Object value) {
    try {
      if (call.endpoint().changes()) changes.committed(call.change());
      if (value instanceof Download download) {
        message.reply(new Reply.Flow(download), REPLY);
        return;
      }
      var model = call.endpoint().model();
      var reply = new Reply.Value(model.render(value), model.cookie(value), model.tag(value));
      message.reply(reply, REPLY);
    } catch (RuntimeException error) {
      fail(message, call, error);
    }
  }

  private static void fail(Message<Envelope> message, Call call, Throwable error) {
    refuse(message, failure(call, error));
  }

  private static Failure failure(Call call, Throwable error) {
    return switch (error) {
      case Failure failure -> failure;
      case Db.TimedOut e -> Failure.with(Fault.DATABASE_TIMEOUT);
      case Db.Unavailable e -> Failure.with(Fault.BUSY);
      default -> {
        LOG.error("{} failed, request {}", call.endpoint().id(), call.origin().requestId(), error);
        yield Failure.with(Fault.SERVER_ERROR);
      }
    };
  }

  private static void refuse(Message<Envelope> message, Failure failure) {
    message.reply(new Reply.Refusal(failure), REPLY);
  }
}
