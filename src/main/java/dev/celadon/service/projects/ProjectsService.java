package dev.celadon.service.projects;

import dev.celadon.api.Action;
import dev.celadon.api.Service;
import dev.celadon.domain.projects.EphemeralKeys;
import dev.celadon.domain.projects.Keys;
import dev.celadon.domain.projects.Platforms;
import dev.celadon.domain.projects.Projects;
import dev.celadon.domain.projects.Settings;
import java.util.List;
import java.util.stream.Stream;

/** {@code /v1/projects}: projects under their ids, as the console of older clients has them. */
public final class ProjectsService implements Service {

  /** All of the domain that the services of projects speak to. */
  public record Tenancy(
      Projects projects,
      Settings settings,
      Keys keys,
      EphemeralKeys ephemeralKeys,
      Platforms platforms) {}

  private final Tenancy tenancy;

  public ProjectsService(Tenancy tenancy) {
    this.tenancy = tenancy;
  }

  @Override
  public String name() {
    return Place.PROJECTS.service();
  }

  @Override
  public List<Action> actions() {
    var projects = tenancy.projects();
    return Stream.of(
            Stream.of(
                ListProjects.in(projects),
                CreateProject.in(projects),
                GetProject.in(Place.PROJECTS, projects),
                UpdateProject.in(projects),
                UpdateProjectTeam.in(projects),
                OpenProject.in(projects),
                DeleteProject.in(Place.PROJECTS, projects),
                CreateEphemeralKey.asToken(tenancy.ephemeralKeys()),
                UntypedPlatforms.create(tenancy.platforms()),
                UntypedPlatforms.update(tenancy.platforms())),
            shared(Place.PROJECTS, tenancy),
            SwitchPartsByBody.in(tenancy.settings()),
            UpdateAuthSettings.in(tenancy.settings()))
        .flatMap(actions -> actions)
        .toList();
  }

  /** What is offered in the same way inside of a project and under its id. */
  static Stream<Action> shared(Place place, Tenancy tenancy) {
    return Stream.of(
        ReadKeys.list(place, tenancy.keys()),
        CreateKey.in(place, tenancy.keys()),
        ReadKeys.one(place, tenancy.keys()),
        ChangeKeys.update(place, tenancy.keys()),
        ChangeKeys.delete(place, tenancy.keys()),
        ReadPlatforms.list(place, tenancy.platforms()),
        ReadPlatforms.one(place, tenancy.platforms()),
        ReadPlatforms.delete(place, tenancy.platforms()));
  }
}
