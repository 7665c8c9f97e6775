package dev.celadon.api;

import java.util.Set;

/**
 * On whose behalf a call runs. Passed explicitly; never kept in a field or a thread local. Roles
 * are the texts that stand in permissions ({@code user:5f1}, {@code team:a/owner}).
 */
public sealed interface Actor {

  /** The id of the user, key or admin; empty for a guest and for the machine. */
  String id();

  Set<String> roles();

  Set<Scope> scopes();

  /** Keys, admins and the system itself are not held to row permissions. */
  default boolean privileged() {
    return !(this instanceof Guest) && !(this instanceof User);
  }

  /** Nobody in particular. */
  record Guest(Set<Scope> scopes) implements Actor {
    private static final Set<String> ROLES = Set.of("any", "guests");

    @Override
    public String id() {
      return "";
    }

    @Override
    public Set<String> roles() {
      return ROLES;
    }
  }

  /** A signed-in user of the project; {@code session} is empty where a JWT names no session. */
  record User(String id, String session, Set<String> roles, Set<Scope> scopes) implements Actor {}

  /** An API key. */
  record Key(String id, Set<Scope> scopes) implements Actor {
    @Override
    public Set<String> roles() {
      return Set.of();
    }
  }

  /** A user of the console who administers the project through its owning team. */
  record Admin(String id, String session, Set<String> roles, Set<Scope> scopes) implements Actor {}

  /** The system itself. */
  record Machine() implements Actor {
    private static final Set<Scope> ALL = Set.of(Scope.values());

    @Override
    public String id() {
      return "";
    }

    @Override
    public Set<String> roles() {
      return Set.of();
    }

    @Override
    public Set<Scope> scopes() {
      return ALL;
    }
  }
}
