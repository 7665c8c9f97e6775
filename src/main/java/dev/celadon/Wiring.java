package dev.celadon;

import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Service;
import dev.celadon.config.Config;
import dev.celadon.domain.activities.Activities;
import dev.celadon.domain.documents.Databases;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.installation.Installation;
import dev.celadon.domain.projects.ProjectHook;
import dev.celadon.domain.projects.Vault;
import dev.celadon.domain.users.Attempts;
import dev.celadon.domain.users.Credentials;
import dev.celadon.domain.users.Identities;
import dev.celadon.domain.users.Users;
import dev.celadon.event.EventLog;
import dev.celadon.gateway.Gateway;
import dev.celadon.gateway.Origins;
import dev.celadon.limit.LocalAttempts;
import dev.celadon.security.Argon2;
import dev.celadon.security.Authenticator;
import dev.celadon.security.EphemeralTokens;
import dev.celadon.security.InternalTokens;
import dev.celadon.security.KeyCheck;
import dev.celadon.security.KeyRing;
import dev.celadon.security.Passwords;
import dev.celadon.security.SessionTokens;
import dev.celadon.service.activities.ActivitiesService;
import dev.celadon.service.console.ConsoleService;
import dev.celadon.service.console.ConsoleService.Capabilities;
import dev.celadon.service.databases.DatabasesService;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Puts one node together, by constructor, on this page. Nothing here has a port. */
final class Wiring {

  /** Nothing signed with the ring of sessions is valid for longer: the longest session there is. */
  private static final Duration LONGEST_SESSION = Duration.ofDays(3_650);

  private final Clock clock = Clock.systemUTC();
  private final EventLog log = new EventLog(this::audited);
  private final Vault vault;
  private final KeyRing internalRing;
  private final KeyRing sessionRing;
  private final InternalTokens internal;
  private final Authenticator authenticator;
  private final Tenants tenants;
  private final Documents documents;
  private final Operations operations;
  private final List<Service> services;
  private final Origins origins;
  private final Happenings happenings;

  /**
   * Asks nothing of the database: {@link #open} does.
   *
   * @param limits the time that limits go by
   */
  Wiring(Vertx vertx, Config config, Postgres postgres, Clock limits) {
    var db = postgres.transactions();
    var life = Duration.ofSeconds(config.security().internalTokenS());
    internalRing = new KeyRing("internal", life, vertx, db, clock);
    sessionRing = new KeyRing("sessions", LONGEST_SESSION, vertx, db, clock);
    internal = new InternalTokens(internalRing, life, clock);
    var sessionTokens = new SessionTokens(sessionRing, clock);
    var ephemeral = new EphemeralTokens(sessionRing, clock);

    vault = new Vault(db, config.security().secret());
    tenants = new Tenants(postgres, log, vault, List.of(new Stored()), ephemeral::sign);
    authenticator =
        new Authenticator(
            tenants.projects(),
            new KeyCheck(tenants.keys(), ephemeral, clock),
            new Identities(postgres),
            sessionTokens,
            internal);
    var policies = new Policies(authenticator, config.console().signUp().equals("open"));
    var needs = new People.Needs(checks(config, limits), sessionTokens, policies, policies);
    var users = new Users(postgres, log);
    documents = new Documents(postgres, log, clock, vault, bounds(config.databases()));
    var offered =
        Stream.of(
                tenants.services(),
                People.services(postgres, log, users, needs),
                DatabasesService.all(documents),
                List.<Service>of(new ActivitiesService(new Activities(postgres))))
            .flatMap(List::stream)
            .toList();
    operations = new Operations(config, postgres, log, this::rotate, switchable(offered));
    var console = List.<Service>of(new ConsoleService(this::capabilities));
    services =
        Stream.of(offered, operations.services(), console).<Service>flatMap(List::stream).toList();
    origins = new Origins(config.cors().allowLocalhost());
    int hops = config.server().trustedProxyHops();
    var entrance =
        new Entrance(authenticator, users, origins, request -> Gateway.address(request, hops));
    happenings = new Happenings(vertx, config, postgres, entrance, documents.seals()::openAll);
  }

  private static Documents.Bounds bounds(Config.Databases databases) {
    return new Documents.Bounds(databases.bulkRows(), databases.importBytes());
  }

  /** Reads what the node goes by; everything at once, since each has to wait. Waits. */
  void open() {
    Aside.all(
        internalRing::open, sessionRing::open, vault::open, documents::open, happenings::open);
  }

  private Capabilities capabilities() {
    return new Capabilities(false, 0, 0, 0, true, true, documents.spatial().complete(), true);
  }

  /** Begins to sweep up, which need not be done before the port is open. */
  void sweep(Vertx vertx) {
    tenants.sweep(vertx, documents);
  }

  private static Credentials.Checks checks(Config config, Clock clock) {
    var attempts = config.limits().enabled() ? new LocalAttempts(clock) : Attempts.UNCOUNTED;
    return new Credentials.Checks(passwords(config.security()), attempts);
  }

  private static Passwords passwords(Config.Security security) {
    var cost =
        new Argon2.Cost(
            security.argon2MemoryKiB(), security.argon2Iterations(), security.argon2Parallelism());
    return new Passwords(cost, security.hashThreads(), security.hashQueue());
  }

  /** What a project has outside of the system tables: its database and its schema. */
  private record Stored() implements ProjectHook {
    @Override
    public void created(Db tx, String project) {
      Databases.prepare(tx, project);
    }

    @Override
    public void erased(Db tx, String project) {
      Databases.erase(tx, project);
    }
  }

  private boolean audited(String project) {
    return authenticator.audited(project);
  }

  /** Everything but the service by which one switches on again, and health. */
  private static List<String> switchable(List<Service> offered) {
    return Stream.concat(offered.stream().map(Service::name), Stream.of("console")).toList();
  }

  private String rotate(String ring) {
    return switch (ring) {
      case "internal" -> {
        var kid = internalRing.rotate();
        internal.forget();
        yield kid;
      }
      case "sessions" -> sessionRing.rotate();
      default -> throw Failure.with(Fault.ARGUMENT_INVALID, "there is no ring '" + ring + "'");
    };
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

  Installation installation() {
    return operations.installation();
  }

  MeterRegistry metrics() {
    return operations.metrics();
  }

  /** A change is committed: nobody here may act on what was known before. */
  void committed(Change change) {
    // What users store says nothing of who they are, and is written all the time.
    if (!change.event().template().startsWith("databases.")) {
      authenticator.forget(change.project());
    }
    happenings.wake();
  }

  Happenings happenings() {
    return happenings;
  }

  Origins origins() {
    return origins;
  }
}
