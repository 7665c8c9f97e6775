package dev.celadon.service.projects;

import dev.celadon.api.Action;
import dev.celadon.api.Service;
import java.util.List;
import java.util.stream.Stream;

/** {@code /v1/project}: the project that the caller is in. */
public final class ProjectService implements Service {

  private final ProjectsService.Tenancy tenancy;

  public ProjectService(ProjectsService.Tenancy tenancy) {
    this.tenancy = tenancy;
  }

  @Override
  public String name() {
    return Place.PROJECT.service();
  }

  @Override
  public List<Action> actions() {
    var projects = tenancy.projects();
    return Stream.of(
            Stream.of(
                GetProject.in(Place.PROJECT, projects),
                DeleteProject.in(Place.PROJECT, projects),
                UpdateLabels.in(tenancy.settings()),
                CreateEphemeralKey.in(tenancy.ephemeralKeys()),
                ReadPolicies.list(projects),
                ReadPolicies.one(projects)),
            ProjectsService.shared(Place.PROJECT, tenancy),
            SwitchParts.in(tenancy.settings()),
            UpdatePolicies.in(tenancy.settings()),
            TypedPlatforms.in(tenancy.platforms()))
        .flatMap(actions -> actions)
        .toList();
  }
}
