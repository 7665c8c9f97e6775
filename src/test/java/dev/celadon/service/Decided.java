package dev.celadon.service;

import dev.celadon.domain.users.AuthPolicy;
import java.time.Duration;
import java.util.Set;

/** What a project has decided about its users: all ways open, nothing asked, unless said here. */
final class Decided {

  private Set<AuthPolicy.Method> methods = AuthPolicy.Settings.DEFAULT.methods();
  private long users;
  private int sessions = 10;
  private AuthPolicy.Strength strength = AuthPolicy.Strength.ANY;
  private int history;
  private boolean personalData;

  Decided methods(Set<AuthPolicy.Method> open) {
    methods = open;
    return this;
  }

  Decided users(long most) {
    users = most;
    return this;
  }

  Decided sessions(int most) {
    sessions = most;
    return this;
  }

  Decided strength(AuthPolicy.Strength least) {
    strength = least;
    return this;
  }

  Decided history(int passwords) {
    history = passwords;
    return this;
  }

  Decided personalData() {
    personalData = true;
    return this;
  }

  AuthPolicy.Settings settings() {
    return new AuthPolicy.Settings(
        methods,
        true,
        users,
        sessions,
        Duration.ofDays(1),
        strength,
        history,
        personalData,
        false,
        false,
        Set.of());
  }
}
