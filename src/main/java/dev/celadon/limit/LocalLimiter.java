package dev.celadon.limit;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts in this process. Exact for one node, in memory that is bounded whatever keys are sent: at
 * most {@value #WINDOWS} windows, each of some hundred bytes, because a key is kept as its digest.
 *
 * <p>When all places are taken by windows that have not ended, a new one takes the place of the
 * least used of a few chosen by lot. So who floods with new keys displaces other new keys; to push
 * out a window in which much was counted, as much would have to be counted in all the others.
 */
public final class LocalLimiter implements Limiter {

  static final int WINDOWS = 100_000;

  private static final int LOTS = 16;

  private record Key(long high, long low) {}

  private record Window(Key key, int place, long endsMs, AtomicInteger calls) {}

  private final Clock clock;
  private final ConcurrentHashMap<Key, Window> windows = new ConcurrentHashMap<>();
  private final @Nullable Window[] places;
  private int taken;

  public LocalLimiter(Clock clock) {
    this(clock, WINDOWS);
  }

  LocalLimiter(Clock clock, int most) {
    this.clock = clock;
    this.places = new Window[most];
  }

  @Override
  public Future<Verdict> take(List<Bucket> buckets) {
    if (buckets.isEmpty()) throw new IllegalArgumentException("nothing to count");
    long now = clock.millis();
    var keys = new Key[buckets.size()];
    for (int i = 0; i < keys.length; i++) {
      var bucket = buckets.get(i);
      keys[i] = key(bucket);
      var window = windows.get(keys[i]);
      if (window != null && window.endsMs > now && window.calls.get() >= bucket.calls()) {
        return Future.succeededFuture(verdict(bucket, window, bucket.calls() + 1));
      }
    }
    Verdict tightest = null;
    for (int i = 0; i < keys.length; i++) {
      var bucket = buckets.get(i);
      var window = window(keys[i], bucket, now);
      var verdict = verdict(bucket, window, window.calls.incrementAndGet());
      if (tightest == null || tighter(verdict, tightest)) tightest = verdict;
    }
    return Future.succeededFuture(tightest);
  }

  /** How many windows are kept, ended ones among them. */
  int size() {
    return windows.size();
  }

  private Window window(Key key, Bucket bucket, long now) {
    var open = windows.get(key);
    return open != null && open.endsMs > now ? open : opened(key, bucket, now);
  }

  private synchronized Window opened(Key key, Bucket bucket, long now) {
    var before = windows.get(key);
    if (before != null && before.endsMs > now) return before;
    int place = before == null ? place(now) : before.place;
    var displaced = places[place];
    if (displaced != null) windows.remove(displaced.key);
    var window = new Window(key, place, now + bucket.window().toMillis(), new AtomicInteger());
    places[place] = window;
    windows.put(key, window);
    return window;
  }

  private int place(long now) {
    if (taken < places.length) return taken++;
    int least = -1;
    int fewest = Integer.MAX_VALUE;
    for (int i = 0; i < LOTS; i++) {
      int place = ThreadLocalRandom.current().nextInt(places.length);
      var window = places[place];
      if (window == null || window.endsMs <= now) return place;
      int calls = window.calls.get();
      if (least < 0 || calls < fewest) {
        least = place;
        fewest = calls;
      }
    }
    return least;
  }

  /** Callers choose parts of a key, of any length; two keys of one digest nobody can find. */
  private static Key key(Bucket bucket) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      var digest = ByteBuffer.wrap(sha.digest(bucket.key().getBytes(StandardCharsets.UTF_8)));
      return new Key(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Verdict verdict(Bucket bucket, Window window, int calls) {
    return new Verdict(
        calls <= bucket.calls(),
        bucket.calls(),
        Math.max(0, bucket.calls() - calls),
        Math.ceilDiv(window.endsMs, 1_000L));
  }

  private static boolean tighter(Verdict one, Verdict other) {
    return one.admitted() != other.admitted()
        ? !one.admitted()
        : one.remaining() < other.remaining();
  }
}
