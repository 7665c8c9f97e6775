package dev.celadon.service.organization;

import dev.celadon.api.Action;
import dev.celadon.api.Service;
import dev.celadon.domain.projects.Keys;
import dev.celadon.domain.projects.Projects;
import dev.celadon.domain.teams.Invitations;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.teams.Teams;
import java.util.List;
import java.util.stream.Stream;

/** {@code /v1/organization}: the organization that the caller acts for. */
public final class OrganizationService implements Service {

  /** All of the domain that this service speaks to. */
  public record Parts(
      Teams teams,
      Memberships memberships,
      Invitations invitations,
      Projects projects,
      Keys keys) {}

  private final Parts parts;

  public OrganizationService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public String name() {
    return "organization";
  }

  @Override
  public List<Action> actions() {
    return Stream.of(
            Stream.of(
                Organizations.read(parts.teams(), parts.projects()),
                Organizations.rename(parts.teams(), parts.projects()),
                Organizations.delete(parts.teams())),
            OwnedProjects.in(parts.projects()),
            OrganizationKeys.in(parts.keys()),
            Members.in(parts.memberships(), parts.invitations()))
        .flatMap(actions -> actions)
        .toList();
  }
}
