package dev.celadon.domain.projects;

import dev.celadon.api.Change;
import dev.celadon.api.Ids;
import dev.celadon.api.Scope;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Db;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keys that are stored nowhere: a signed token that says what it may do and how long. */
public final class EphemeralKeys {

  /** Signs a key; the token carries its id, project, scopes and expiry. */
  @FunctionalInterface
  public interface Signer {
    String sign(ApiKey key);
  }

  private final Db db;
  private final EventLog log;
  private final Signer signer;
  private final Clock clock;

  /**
   * @param db the client for transactions
   */
  public EphemeralKeys(Db db, EventLog log, Signer signer, Clock clock) {
    this.db = db;
    this.log = log;
    this.signer = signer;
    this.clock = clock;
  }

  /** Makes a key for the project of the change. It cannot be revoked, so it is short-lived. */
  public Key create(Change change, Set<Scope> scopes, Duration validity) {
    Keys.within(change.actor(), scopes);
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var signed =
        new ApiKey(
            Ids.unique(), ApiKey.Kind.EPHEMERAL, change.project(), "", scopes, now.plus(validity));
    var key =
        new Key(
            signed.id(),
            "",
            scopes.stream().map(Scope::wire).sorted().toList(),
            signed.kind().prefix() + signer.sign(signed),
            signed.expires(),
            null,
            List.of(),
            now,
            now);
    return db.tx(
        tx -> {
          log.append(tx, change, Fact.of(Map.of("keyId", key.id()), change.payload(key)));
          return key;
        });
  }
}
