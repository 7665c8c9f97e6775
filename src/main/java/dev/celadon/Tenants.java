package dev.celadon;

import dev.celadon.api.Service;
import dev.celadon.domain.documents.Documents;
import dev.celadon.domain.projects.EphemeralKeys;
import dev.celadon.domain.projects.Keys;
import dev.celadon.domain.projects.Platforms;
import dev.celadon.domain.projects.ProjectHook;
import dev.celadon.domain.projects.Projects;
import dev.celadon.domain.projects.Settings;
import dev.celadon.domain.projects.Vault;
import dev.celadon.domain.teams.Invitations;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.teams.Teams;
import dev.celadon.domain.users.Users;
import dev.celadon.event.EventLog;
import dev.celadon.service.organization.OrganizationService;
import dev.celadon.service.projects.ProjectService;
import dev.celadon.service.projects.ProjectsService;
import dev.celadon.store.Postgres;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the wiring that is about projects: their settings, keys and platforms. */
final class Tenants {

  private static final Logger LOG = LoggerFactory.getLogger(Tenants.class);
  private static final long SWEEP_MS = 30_000;

  private final Projects projects;
  private final Keys keys;
  private final ProjectsService.Tenancy tenancy;
  private final OrganizationService.Parts organizations;

  Tenants(
      Postgres postgres,
      EventLog log,
      Vault vault,
      List<ProjectHook> hooks,
      EphemeralKeys.Signer signer) {
    var db = postgres.transactions();
    projects = new Projects(postgres, log, hooks);
    keys = new Keys(postgres, log, vault);
    tenancy =
        new ProjectsService.Tenancy(
            projects,
            new Settings(postgres, log),
            keys,
            new EphemeralKeys(db, log, signer, Clock.systemUTC()),
            new Platforms(postgres, log));
    var memberships = new Memberships(postgres, log);
    organizations =
        new OrganizationService.Parts(
            new Teams(postgres, log),
            memberships,
            new Invitations(postgres, memberships, new Users(postgres, log)),
            projects,
            keys);
  }

  /** Sweeps up after what was erased or has expired, now and then, on a thread that may wait. */
  void sweep(Vertx vertx, Documents documents) {
    Runnable work = () -> sweepOnce(documents);
    Thread.ofVirtual().name("sweep").start(documents::sweep);
    vertx.setPeriodic(SWEEP_MS, timer -> Thread.ofVirtual().name("sweep").start(work));
  }

  private void sweepOnce(Documents documents) {
    documents.sweep();
    try {
      projects.sweep();
    } catch (RuntimeException error) {
      LOG.warn("cannot sweep up after erased projects: {}", error.getMessage());
    }
  }

  Projects projects() {
    return projects;
  }

  Keys keys() {
    return keys;
  }

  List<Service> services() {
    return List.of(
        new ProjectsService(tenancy),
        new ProjectService(tenancy),
        new OrganizationService(organizations));
  }
}
