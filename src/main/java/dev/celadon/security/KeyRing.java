package dev.celadon.security;

import dev.celadon.api.Ids;
import dev.celadon.store.Db;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies HS256 JWTs (RFC 7519) with a ring of keys named by {@code kid}. The newest key
 * signs; a retired one still verifies until everything that it signed has expired. Nodes share the
 * ring through the database: a token by a key not known here makes this node look again, at most
 * once a second, so a rotation elsewhere fails no request.
 */
public final class KeyRing {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final long LOOK_AGAIN_MS = 1_000;

  private record Key(String kid, byte[] secret) {}

  /** All usable keys, and the library's verifier over them. {@code head} is the encoded header. */
  private record Keys(List<Key> all, JWTAuth verifier, String head, SecretKeySpec signing) {}

  private final String name;
  private final Duration longest;
  private final Vertx vertx;
  private final Db db;
  private final Clock clock;
  private final AtomicLong lookedMs = new AtomicLong();
  private volatile @Nullable Keys keys;

  /**
   * @param longest how long a token signed by this ring can be valid; a retired key stays as long
   */
  public KeyRing(String name, Duration longest, Vertx vertx, Db db, Clock clock) {
    this.name = name;
    this.longest = longest;
    this.vertx = vertx;
    this.db = db;
    this.clock = clock;
  }

  /** Reads the ring, and makes its first key if it has none. Waits. */
  public void open() {
    db.run(
        """
        INSERT INTO celadon.signing_keys (ring, kid, secret, created)
        SELECT $1, $2, $3, now()
        WHERE NOT EXISTS (
          SELECT FROM celadon.signing_keys WHERE ring = $1 AND retires IS NULL)
        """,
        name,
        Ids.unique(),
        Buffer.buffer(random()));
    load(read());
  }

  /**
   * Makes a new signing key and retires the old ones. Waits.
   *
   * @return the new key's id
   */
  public String rotate() {
    var kid = Ids.unique();
    db.run(
        """
        WITH retired AS (
          UPDATE celadon.signing_keys SET retires = now(), expires = now() + $4 * interval '1 s'
          WHERE ring = $1 AND retires IS NULL
        ), gone AS (
          DELETE FROM celadon.signing_keys WHERE ring = $1 AND expires < now()
        )
        INSERT INTO celadon.signing_keys (ring, kid, secret, created) VALUES ($1, $2, $3, now())
        """,
        name,
        kid,
        Buffer.buffer(random()),
        longest.plusMinutes(1).toSeconds());
    load(read());
    return kid;
  }

  /** The signed form of {@code claims}, which get {@code iat} and {@code exp}. */
  public String sign(JsonObject claims, Duration validity) {
    var ring = ring();
    long now = clock.instant().getEpochSecond();
    claims.put("iat", now).put("exp", now + validity.toSeconds());
    var signed = ring.head + BASE64.encodeToString(claims.toBuffer().getBytes());
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(ring.signing);
      var signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64.encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HMAC-SHA256", e);
    }
  }

  /** The claims of a token that is ours and has not expired; fails for any other. */
  public Future<JsonObject> verify(String token) {
    return authenticate(token)
        .recover(
            refused ->
                knows(token)
                    ? Future.failedFuture(refused)
                    : reload().compose(r -> authenticate(token)))
        // Not the principal: that leaves out when the token expires.
        .map(user -> user.attributes().getJsonObject("accessToken"));
  }

  private Future<User> authenticate(String token) {
    try {
      return ring().verifier.authenticate(new TokenCredentials(token));
    } catch (RuntimeException malformed) {
      // Claims of a kind that the library does not look for, such as a text in the place of a time.
      return Future.failedFuture(malformed);
    }
  }

  /** Whether the token names a key that is here; then looking again cannot help. */
  private boolean knows(String token) {
    try {
      var head = token.substring(0, Math.max(0, token.indexOf('.')));
      var kid = new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(head))).getValue("kid");
      return kid == null || ring().all.stream().anyMatch(key -> key.kid.equals(kid));
    } catch (RuntimeException malformed) {
      return true;
    }
  }

  private Future<?> reload() {
    long now = clock.millis();
    long last = lookedMs.get();
    if (now - last < LOOK_AGAIN_MS || !lookedMs.compareAndSet(last, now)) {
      return Future.succeededFuture();
    }
    return db.listAsync(KeyRing::key, READ, name).onSuccess(this::load);
  }

  private static final String READ =
      """
      SELECT kid, secret FROM celadon.signing_keys
      WHERE ring = $1 AND (expires IS NULL OR expires > now())
      ORDER BY retires IS NULL DESC, created DESC
      """;

  private List<Key> read() {
    return db.list(KeyRing::key, READ, name);
  }

  private static Key key(Row row) {
    return new Key(row.getString("kid"), row.getBuffer("secret").getBytes());
  }

  private void load(List<Key> all) {
    var options = new JWTAuthOptions();
    for (var key : all) {
      options.addPubSecKey(
          new PubSecKeyOptions()
              .setAlgorithm("HS256")
              .setId(key.kid)
              .setBuffer(Buffer.buffer(key.secret)));
    }
    var first = all.getFirst();
    var head = new JsonObject().put("typ", "JWT").put("alg", "HS256").put("kid", first.kid);
    keys =
        new Keys(
            List.copyOf(all),
            JWTAuth.create(vertx, options),
            BASE64.encodeToString(head.toBuffer().getBytes()) + ".",
            new SecretKeySpec(first.secret, "HmacSHA256"));
  }

  private Keys ring() {
    var ring = keys;
    if (ring == null) throw new IllegalStateException("the key ring " + name + " is not open");
    return ring;
  }

  private static byte[] random() {
    var secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return secret;
  }
}
