package dev.celadon;

import dev.celadon.api.Change;
import dev.celadon.api.Service;
import dev.celadon.config.Config;
import dev.celadon.domain.projects.EphemeralKeys;
import dev.celadon.domain.projects.Keys;
import dev.celadon.domain.projects.Platforms;
import dev.celadon.domain.projects.ProjectHook;
import dev.celadon.domain.projects.Projects;
import dev.celadon.domain.projects.Settings;
import dev.celadon.domain.projects.Vault;
import dev.celadon.domain.users.Identities;
import dev.celadon.event.EventLog;
import dev.celadon.security.Authenticator;
import dev.celadon.security.EphemeralTokens;
import dev.celadon.security.InternalTokens;
import dev.celadon.security.KeyCheck;
import dev.celadon.security.KeyRing;
import dev.celadon.security.Passwords;
import dev.celadon.security.SessionTokens;
import dev.celadon.service.projects.ProjectService;
import dev.celadon.service.projects.ProjectsService;
import dev.celadon.service.projects.ProjectsService.Tenancy;
import dev.celadon.store.Postgres;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts one node together, by constructor, on this page. Nothing here has a port or a thread. */
final class Wiring {

  /** Nothing signed with the ring of sessions is valid for longer: the longest session there is. */
  private static final Duration LONGEST_SESSION = Duration.ofDays(3_650);

  private final Clock clock = Clock.systemUTC();
  private final EventLog log = new EventLog();
  private final Config config;
  private final KeyRing internalRing;
  private final KeyRing sessionRing;
  private final InternalTokens internal;
  private final SessionTokens sessionTokens;
  private final Authenticator authenticator;
  private final List<Service> services;

  /** Reads the key rings. Waits. */
  Wiring(Vertx vertx, Config config, Postgres postgres) {
    this.config = config;
    var db = postgres.transactions();
    var life = Duration.ofSeconds(config.security().internalTokenS());
    internalRing = new KeyRing("internal", life, vertx, db, clock);
    sessionRing = new KeyRing("sessions", LONGEST_SESSION, vertx, db, clock);
    internalRing.open();
    sessionRing.open();
    internal = new InternalTokens(internalRing, life);
    sessionTokens = new SessionTokens(sessionRing, clock);
    var ephemeral = new EphemeralTokens(sessionRing, clock);

    var projects = new Projects(postgres, log, hooks());
    var keys = new Keys(postgres, log, Vault.open(db, ""));
    authenticator =
        new Authenticator(
            projects,
            new KeyCheck(keys, ephemeral, clock),
            new Identities(postgres),
            sessionTokens,
            internal);
    var tenancy =
        new Tenancy(
            projects,
            new Settings(postgres, log),
            keys,
            new EphemeralKeys(db, log, ephemeral::sign, clock),
            new Platforms(postgres, log));
    var passwords =
        new Passwords(config.security().hashThreads(), config.security().hashQueue());
    boolean open = config.console().signUp().equals("open");
    var needs = new People.Needs(passwords, sessionTokens, new Policies(authenticator, open));
    services =
        Stream.of(
                People.services(postgres, log, needs),
                List.<Service>of(new ProjectsService(tenancy), new ProjectService(tenancy)))
            .flatMap(List::stream)
            .toList();
  }

  private static List<ProjectHook> hooks() {
    return List.of();
  }

  List<Service> services() {
    return services;
  }

  Authenticator authenticator() {
    return authenticator;
  }

  InternalTokens internal() {
    return internal;
  }

  /** A change is committed: nobody here may act on what was known before. */
  void committed(Change change) {
    authenticator.forget(change.project());
  }

  /** The services that configuration switches off, in lower case. */
  Set<String> off() {
    return config.services().disabled().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }
}
