package dev.celadon.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.celadon.store.Postgres;
import dev.celadon.store.TestPostgres;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class KeyRingTest {

  private static final Postgres DB = TestPostgres.fresh();
  private static final Duration HOUR = Duration.ofHours(1);

  private static KeyRing open(String name, Clock clock) {
    var ring = new KeyRing(name, HOUR, TestPostgres.vertx(), DB.transactions(), clock);
    ring.open();
    return ring;
  }

  private static String sign(KeyRing ring) {
    return ring.sign(new JsonObject().put("sub", "u1"), HOUR);
  }

  private static JsonObject verify(KeyRing ring, String token) {
    return ring.verify(token).await();
  }

  private static void refused(KeyRing ring, String token) {
    assertThrows(Exception.class, () -> verify(ring, token), token);
  }

  @Test
  void verifiesWhatItSigned() {
    var ring = open("plain", Clock.systemUTC());
    var claims = verify(ring, sign(ring));
    assertEquals("u1", claims.getString("sub"));
    assertEquals(HOUR.toSeconds(), claims.getLong("exp") - claims.getLong("iat"));
  }

  @Test
  void keepsOldTokensValidAcrossRotationsAndOverNodes() {
    var here = open("rotating", Clock.systemUTC());
    var there = open("rotating", Clock.systemUTC());
    var before = sign(here);
    assertNotEquals(here.rotate(), here.rotate());
    var after = sign(here);
    assertEquals("u1", verify(here, before).getString("sub"));
    assertEquals("u1", verify(here, after).getString("sub"));
    assertEquals("u1", verify(there, before).getString("sub"));
    assertEquals("u1", verify(there, after).getString("sub"), "the other node looks again");
  }

  @Test
  void refusesExpiredTokens() {
    var past = Clock.offset(Clock.systemUTC(), Duration.ofHours(-2));
    var ring = open("expiring", past);
    refused(ring, sign(ring));
  }

  @Test
  void refusesForgedTokens() {
    var ring = open("forged", Clock.systemUTC());
    var other = open("other", Clock.systemUTC());
    var token = sign(ring);
    var parts = token.split("\\.");
    refused(ring, sign(other));
    refused(ring, "");
    refused(ring, "..");
    refused(ring, "a.b.c");
    refused(ring, parts[0] + "." + parts[1] + ".");
    refused(ring, parts[0] + "." + parts[1]);
    refused(ring, parts[0] + "." + json("{\"sub\":\"root\",\"exp\":9999999999}") + "." + parts[2]);
    for (var alg : new String[] {"none", "None", "HS512", "RS256"}) {
      var head = json("{\"alg\":\"" + alg + "\",\"typ\":\"JWT\"}");
      refused(ring, head + "." + parts[1] + ".");
      refused(ring, head + "." + parts[1] + "." + parts[2]);
    }
    for (var kid : new String[] {"../../dev/null", "' OR 1=1 --", ""}) {
      var head = json(new JsonObject().put("alg", "HS256").put("kid", kid).encode());
      refused(ring, head + "." + parts[1] + "." + parts[2]);
    }
  }

  private static String json(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Buffer.buffer(text).getBytes());
  }
}
