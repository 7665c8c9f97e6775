package dev.celadon;

import dev.celadon.api.Service;
import dev.celadon.domain.projects.EphemeralKeys;
import dev.celadon.domain.projects.Keys;
import dev.celadon.domain.projects.Platforms;
import dev.celadon.domain.projects.ProjectHook;
import dev.celadon.domain.projects.Projects;
import dev.celadon.domain.projects.Settings;
import dev.celadon.domain.projects.Vault;
import dev.celadon.event.EventLog;
import dev.celadon.service.projects.ProjectService;
import dev.celadon.service.projects.ProjectsService;
import dev.celadon.store.Postgres;
import java.time.Clock;
import java.util.List;

/** The part of the wiring that is about projects: their settings, keys and platforms. */
final class Tenants {

  private final Projects projects;
  private final Keys keys;
  private final ProjectsService.Tenancy tenancy;

  Tenants(
      Postgres postgres, EventLog log, List<ProjectHook> hooks, EphemeralKeys.Signer signer) {
    var db = postgres.transactions();
    projects = new Projects(postgres, log, hooks);
    keys = new Keys(postgres, log, Vault.open(db, ""));
    tenancy =
        new ProjectsService.Tenancy(
            projects,
            new Settings(postgres, log),
            keys,
            new EphemeralKeys(db, log, signer, Clock.systemUTC()),
            new Platforms(postgres, log));
  }

  Projects projects() {
    return projects;
  }

  Keys keys() {
    return keys;
  }

  List<Service> services() {
    return List.of(new ProjectsService(tenancy), new ProjectService(tenancy));
  }
}
