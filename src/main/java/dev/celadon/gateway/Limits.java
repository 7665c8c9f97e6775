package dev.celadon.gateway;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Param;
import dev.celadon.api.RateLimit;
import dev.celadon.limit.Limiter;
import dev.celadon.limit.Limiter.Bucket;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Locale;

/** The stage "limit": counts a call in every window that its endpoint declares. */
final class Limits {

  private final Limiter limiter;
  private final boolean on;

  Limits(Limiter limiter, boolean on) {
    this.limiter = limiter;
    this.on = on;
  }

  /** Fails with {@link Fault#RATE_LIMIT_EXCEEDED}; writes the headers in both cases. */
  Future<Void> check(Exchange exchange) {
    var limits = exchange.endpoint().limits();
    if (!on || limits.isEmpty() || exchange.caller().actor().privileged()) {
      return Future.succeededFuture();
    }
    var buckets = new ArrayList<Bucket>(limits.size());
    for (int i = 0; i < limits.size(); i++) buckets.add(bucket(exchange, i, limits.get(i)));
    return limiter
        .take(buckets)
        .map(
            verdict -> {
              exchange
                  .request()
                  .response()
                  .putHeader("X-RateLimit-Limit", Integer.toString(verdict.limit()))
                  .putHeader("X-RateLimit-Remaining", Integer.toString(verdict.remaining()))
                  .putHeader("X-RateLimit-Reset", Long.toString(verdict.resetEpochS()));
              if (!verdict.admitted()) throw Failure.with(Fault.RATE_LIMIT_EXCEEDED);
              return null;
            });
  }

  /**
   * The key names which of the endpoint's limits it is for, and each part with its length: a part
   * may be anything that a caller makes up, also what looks like another limit's key.
   */
  private static Bucket bucket(Exchange exchange, int number, RateLimit limit) {
    var key = new StringBuilder(exchange.project()).append('|').append(exchange.endpoint().id());
    key.append('|').append(number);
    for (var by : limit.by()) {
      var part = part(exchange, by);
      key.append('|').append(part.length()).append(':').append(part);
    }
    return new Bucket(key.toString(), limit.calls(), limit.window());
  }

  private static String part(Exchange exchange, RateLimit.By by) {
    return switch (by) {
      case RateLimit.By.Trait trait ->
          switch (trait) {
            case IP -> Peer.network(exchange.peer().ip());
            case METHOD -> exchange.request().method().name();
            case URL -> exchange.place();
            case USER -> exchange.caller().actor().id();
          };
      case RateLimit.By.Value(var name) -> value(exchange, name);
    };
  }

  private static String value(Exchange exchange, String name) {
    for (Param<?> param : exchange.endpoint().params()) {
      if (param.name().equals(name)) {
        var text = String.valueOf(exchange.raw(param)).toLowerCase(Locale.ROOT);
        return text.length() > 256 ? text.substring(0, 256) : text;
      }
    }
    throw new IllegalStateException(exchange.endpoint().id() + " limits by no parameter " + name);
  }
}
