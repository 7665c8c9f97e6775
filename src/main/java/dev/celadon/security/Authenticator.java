package dev.celadon.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.celadon.api.Actor;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Grants;
import dev.celadon.domain.projects.Access;
import dev.celadon.domain.projects.Projects;
import dev.celadon.domain.users.Identities;
import dev.celadon.domain.users.Identity;
import dev.celadon.store.Db;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls and in which project. What it reads is kept for a second at most, so that a
 * busy caller costs no query and a revocation elsewhere is in force within that second; changes on
 * this node are forgotten at once through {@link #forget}.
 */
public final class Authenticator {

  private static final Duration KEPT = Duration.ofSeconds(1);

  /**
   * How long all credentials that are kept may be together, in characters; theirs is the choice.
   */
  private static final int CALLERS = 20_000_000;

  private static final int PROJECTS = 1_000_000;
  private static final String CONSOLE = "console";

  private final Projects projects;
  private final KeyCheck keys;
  private final Identities identities;
  private final SessionTokens tokens;
  private final InternalTokens internal;
  private final Cache<String, Future<Access>> accesses = cache(PROJECTS);
  private final Cache<String, Future<Caller>> callers = cache(CALLERS);

  public Authenticator(
      Projects projects,
      KeyCheck keys,
      Identities identities,
      SessionTokens tokens,
      InternalTokens internal) {
    this.projects = projects;
    this.keys = keys;
    this.identities = identities;
    this.tokens = tokens;
    this.internal = internal;
  }

  /** The project, or {@link Fault#PROJECT_NOT_FOUND}. */
  public Future<Access> access(String project) {
    return kept(
        accesses, project, () -> projects.access(project).map(found -> known(found, project)));
  }

  private static Access known(@Nullable Access access, String project) {
    if (access == null || !access.active()) throw Failure.with(Fault.PROJECT_NOT_FOUND, project);
    return access;
  }

  /** The caller of a project; a guest when the credentials say nothing. */
  public Future<Caller> caller(Access access, Credentials credentials) {
    if (!credentials.key().isEmpty()) {
      // A key that turns out to be an account's conflicts with a session; any other beats it.
      var alone = credentials.session().isEmpty() ? "|key|" : "|key+session|";
      return kept(
          callers,
          access.project() + alone + credentials.key(),
          () -> keys.check(access, credentials));
    }
    if (credentials.session().isEmpty() && credentials.jwt().isEmpty()) {
      return Future.succeededFuture(GUEST);
    }
    var id =
        String.join(
            "|",
            access.project(),
            credentials.admin() ? "admin" : "user",
            credentials.session(),
            credentials.jwt());
    return kept(callers, id, () -> bySecret(access, credentials));
  }

  private Future<Caller> bySecret(Access access, Credentials credentials) {
    boolean jwt = credentials.session().isEmpty();
    var realm = credentials.admin() ? CONSOLE : access.project();
    return tokens
        .read(jwt ? credentials.jwt() : credentials.session())
        .transform(
            read -> read.succeeded() ? identity(realm, read.result()) : unlessUnknown(read.cause()))
        .map(
            identity -> {
              if (identity == null) {
                if (jwt) throw Failure.with(Fault.USER_JWT_INVALID, "its session has ended");
                return GUEST;
              }
              if (!identity.active()) throw Failure.with(Fault.USER_BLOCKED);
              return Caller.of(
                  credentials.admin()
                      ? Administrators.of(identity, access)
                      : user(identity, access));
            });
  }

  /** A token that is not ours is nobody's; that the database is away is another matter. */
  private static Future<@Nullable Identity> unlessUnknown(Throwable refused) {
    boolean away = refused instanceof Db.Unavailable || refused instanceof Db.TimedOut;
    return away ? Future.failedFuture(refused) : Future.succeededFuture(null);
  }

  private Future<@Nullable Identity> identity(String realm, SessionTokens.Subject subject) {
    if (!subject.project().equals(realm)) return Future.succeededFuture(null);
    return identity(realm, subject.user(), subject.session());
  }

  private Future<@Nullable Identity> identity(String realm, String user, String session) {
    return session.isEmpty()
        ? identities.byUser(realm, user)
        : identities.bySession(realm, user, session);
  }

  private static Actor user(Identity identity, Access access) {
    var scopes =
        access.project().equals(CONSOLE) ? Administrators.scopes(identity.owner()) : Grants.USER;
    return new Actor.User(identity.user(), identity.session(), UserRoles.of(identity), scopes);
  }

  /**
   * A caller found earlier, as things are now: read anew, from nothing that is kept.
   *
   * @throws Failure (in the future) when the session has ended, the user is gone or blocked, the
   *     key is gone, or the project is
   */
  public Future<Actor> again(String project, Actor actor) {
    return projects
        .access(project)
        .map(access -> known(access, project))
        .compose(access -> again(access, actor))
        .recover(Authenticator::translated);
  }

  private Future<Actor> again(Access access, Actor actor) {
    return switch (actor) {
      case Actor.User user ->
          identity(access.project(), user.id(), user.session())
              .map(identity -> user(present(identity), access));
      case Actor.Admin admin ->
          identity(CONSOLE, admin.id(), admin.session())
              .map(identity -> Administrators.of(present(identity), access));
      case Actor.Key key -> keys.again(access, key);
      case Actor.Guest guest -> Future.succeededFuture(guest);
      case Actor.Machine machine -> Future.succeededFuture(machine);
    };
  }

  private static Identity present(@Nullable Identity identity) {
    if (identity == null) throw Failure.with(Fault.USER_SESSION_NOT_FOUND);
    if (!identity.active()) throw Failure.with(Fault.USER_BLOCKED);
    return identity;
  }

  /** Whether the audit of a project keeps who changes it; from memory, and yes where unknown. */
  public boolean audited(String project) {
    var access = accesses.getIfPresent(project);
    return access == null || !access.succeeded() || access.result().audit();
  }

  /** The internal JWT under which a call of {@code actor} travels. */
  public String internal(Actor actor, String project) {
    return internal.mint(actor, project);
  }

  /** Forgets all that is kept of a project: something in it changed. */
  public void forget(String project) {
    accesses.invalidate(project);
    // Console users administer other projects too: whoever changed is looked up anew everywhere.
    if (project.equals(CONSOLE)) callers.invalidateAll();
    else callers.asMap().keySet().removeIf(key -> key.startsWith(project + "|"));
  }

  private static final Caller GUEST = Caller.of(new Actor.Guest(Grants.GUEST));

  private static <T> Cache<String, Future<T>> cache(int characters) {
    return Caffeine.newBuilder()
        .maximumWeight(characters)
        .weigher((String key, Future<T> value) -> 100 + key.length())
        .expireAfterWrite(KEPT)
        .build();
  }

  private static <T> Future<T> translated(Throwable error) {
    boolean away = error instanceof Db.Unavailable || error instanceof Db.TimedOut;
    return Future.failedFuture(away ? Failure.with(Fault.BUSY) : error);
  }

  private static <T> Future<T> kept(
      Cache<String, Future<T>> cache, String key, Supplier<Future<T>> load) {
    var present = cache.getIfPresent(key);
    if (present != null && !present.failed()) return present;
    var loaded = load.get().recover(Authenticator::translated);
    cache.put(key, loaded);
    return loaded;
  }
}
