package dev.celadon.domain.projects;

import dev.celadon.api.Actor;
import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Page;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Listing;
import dev.celadon.domain.query.Sql;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * API keys. A secret is found by its SHA-256; that it can be shown again, as clients of the
 * protocol expect, is why it is also stored, encrypted by the {@link Vault}. It is in no event.
 */
public final class Keys {

  /** What a caller asks for. */
  public record Draft(String name, Set<Scope> scopes, @Nullable Instant expires) {}

  /** Whose keys are meant: those of a project, or those of an organization or account. */
  public record Holder(ApiKey.Kind kind, String project, String owner) {

    public static Holder project(String project) {
      return new Holder(ApiKey.Kind.PROJECT, project, "");
    }

    public static Holder organization(String team) {
      return new Holder(ApiKey.Kind.ORGANIZATION, Project.CONSOLE, team);
    }
  }

  private static final int SECRET_BYTES = 128;

  private final Listing<Key> listing =
      new Listing<>(
          "celadon.keys",
          Attributes.of(
              Attribute.text("$id", "id"),
              Attribute.time("$createdAt", "created"),
              Attribute.time("$updatedAt", "updated"),
              Attribute.text("name", "name"),
              Attribute.text("scopes", "scopes").list(),
              Attribute.time("expire", "expires"),
              Attribute.time("accessedAt", "accessed")),
          List.of("id", "name"),
          this::read);

  private final Postgres postgres;
  private final EventLog log;
  private final Vault vault;
  private final SecureRandom random = new SecureRandom();

  public Keys(Postgres postgres, EventLog log, Vault vault) {
    this.postgres = postgres;
    this.log = log;
    this.vault = vault;
  }

  /** At most 200 scopes that keys of this kind may hold. */
  public static Rule<Set<Scope>> scopes(ApiKey.Kind kind) {
    var scope =
        Rules.mapped(
            Rules.scope(),
            found -> {
              if (kind.mayHold(found)) return found;
              throw new Rule.Refused("must be a scope that such a key can hold");
            });
    return Rules.mapped(Rules.list(scope, 200), Set::copyOf);
  }

  /** The digest by which {@link #bySecret} finds a key. */
  public static byte[] digest(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final String FIND =
      """
      SELECT k.id, k.kind, k.project, k.scopes, k.expires,
        CASE k.kind WHEN 'PROJECT' THEN p.team ELSE k.owner END AS team,
        k.accessed IS NULL OR k.accessed < now() - interval '1 day' AS stale
      FROM celadon.keys k JOIN celadon.projects p ON p.id = k.project
      """;

  /** The key whose secret has this SHA-256, expired or not; null if there is none. */
  public Future<@Nullable ApiKey> bySecret(byte[] sha256) {
    return postgres
        .point()
        .oneAsync(this::found, FIND + " WHERE k.secret_hash = $1", Buffer.buffer(sha256))
        .map(found -> found.orElse(null));
  }

  /** The stored key of this id, expired or not; null if there is none. */
  public Future<@Nullable ApiKey> byId(String project, String id) {
    return postgres
        .point()
        .oneAsync(this::found, FIND + " WHERE k.project = $1 AND k.id = $2", project, id)
        .map(found -> found.orElse(null));
  }

  private ApiKey found(Row row) {
    var expires = row.getOffsetDateTime("expires");
    var key =
        new ApiKey(
            row.getString("id"),
            ApiKey.Kind.valueOf(row.getString("kind")),
            row.getString("project"),
            row.getString("team"),
            scopes(row.getArrayOfStrings("scopes")),
            expires == null ? null : expires.toInstant());
    if (row.getBoolean("stale")) touch(key);
    return key;
  }

  /** Nobody waits for this and nobody minds if it fails: the day of the last use, no more. */
  private void touch(ApiKey key) {
    postgres
        .point()
        .runAsync(
            "UPDATE celadon.keys SET accessed = now() WHERE project = $1 AND id = $2",
            key.project(),
            key.id());
  }

  private static Set<Scope> scopes(String[] names) {
    return Arrays.stream(names)
        .map(Scope::of)
        .filter(Objects::nonNull)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Makes a key.
   *
   * @throws Failure {@link Fault#KEY_ALREADY_EXISTS}, or {@link Fault#KEY_CREATION_DENIED} when a
   *     key asks for more than it holds itself
   */
  public Key create(Change change, Holder holder, String id, Draft draft) {
    within(change.actor(), draft.scopes);
    var bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    var secret = holder.kind.prefix() + HexFormat.of().formatHex(bytes);
    try {
      return postgres
          .transactions()
          .tx(
              tx ->
                  tell(
                      tx,
                      change,
                      tx.one(
                          this::read,
                          """
                          INSERT INTO celadon.keys
                            (project, id, kind, owner, name, scopes, expires, secret_hash, secret)
                          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                          RETURNING *
                          """,
                          holder.project,
                          id,
                          holder.kind.name(),
                          holder.owner,
                          draft.name,
                          wire(draft.scopes),
                          utc(draft.expires),
                          Buffer.buffer(digest(secret)),
                          Buffer.buffer(vault.seal(place(holder.project, id), secret))),
                      id));
    } catch (Db.Conflict taken) {
      throw Failure.with(Fault.KEY_ALREADY_EXISTS, id);
    }
  }

  public Page<Key> list(Holder holder, Listing.Wanted wanted) {
    var own =
        Sql.of("project = ")
            .arg(holder.project)
            .add(" AND kind = ")
            .arg(holder.kind.name())
            .add(" AND owner = ")
            .arg(holder.owner);
    return listing.page(postgres.list(), own, wanted);
  }

  /**
   * @throws Failure {@link Fault#KEY_NOT_FOUND}
   */
  public Key get(Holder holder, String id) {
    return postgres
        .point()
        .one(
            this::read,
            """
            SELECT * FROM celadon.keys
            WHERE project = $1 AND id = $2 AND kind = $3 AND owner = $4
            """,
            holder.project,
            id,
            holder.kind.name(),
            holder.owner)
        .orElseThrow(() -> Failure.with(Fault.KEY_NOT_FOUND, id));
  }

  /** Replaces name, scopes and expiry; the secret stays. */
  public Key update(Change change, Holder holder, String id, Draft draft) {
    within(change.actor(), draft.scopes);
    return postgres
        .transactions()
        .tx(
            tx ->
                tell(
                    tx,
                    change,
                    tx.one(
                        this::read,
                        """
                        UPDATE celadon.keys
                        SET name = $5, scopes = $6, expires = $7, updated = now()
                        WHERE project = $1 AND id = $2 AND kind = $3 AND owner = $4
                        RETURNING *
                        """,
                        holder.project,
                        id,
                        holder.kind.name(),
                        holder.owner,
                        draft.name,
                        wire(draft.scopes),
                        utc(draft.expires)),
                    id));
  }

  /** Deletes a key; it ceases to count within a second. */
  public Key delete(Change change, Holder holder, String id) {
    return postgres
        .transactions()
        .tx(
            tx ->
                tell(
                    tx,
                    change,
                    tx.one(
                        this::read,
                        """
                        DELETE FROM celadon.keys
                        WHERE project = $1 AND id = $2 AND kind = $3 AND owner = $4
                        RETURNING *
                        """,
                        holder.project,
                        id,
                        holder.kind.name(),
                        holder.owner),
                    id));
  }

  /** Refuses a key that would hand on scopes which it does not hold. */
  static void within(Actor actor, Set<Scope> scopes) {
    if (actor instanceof Actor.Key key && !key.scopes().containsAll(scopes)) {
      throw Failure.with(
          Fault.KEY_CREATION_DENIED, "a key cannot give scopes that it does not hold");
    }
  }

  private Key tell(Db tx, Change change, Optional<Key> changed, String id) {
    var key = changed.orElseThrow(() -> Failure.with(Fault.KEY_NOT_FOUND, id));
    log.append(tx, change, Fact.of(Map.of("keyId", id), change.payload(key)));
    return key;
  }

  private Key read(Row row) {
    var expires = row.getOffsetDateTime("expires");
    var accessed = row.getOffsetDateTime("accessed");
    var place = place(row.getString("project"), row.getString("id"));
    return new Key(
        row.getString("id"),
        row.getString("name"),
        List.of(row.getArrayOfStrings("scopes")),
        vault.open(place, row.getBuffer("secret").getBytes()),
        expires == null ? null : expires.toInstant(),
        accessed == null ? null : accessed.toInstant(),
        List.of(row.getArrayOfStrings("sdks")),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("updated").toInstant());
  }

  private static String place(String project, String id) {
    return "keys/" + project + "/" + id;
  }

  private static String[] wire(Set<Scope> scopes) {
    return scopes.stream().map(Scope::wire).sorted().toArray(String[]::new);
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
