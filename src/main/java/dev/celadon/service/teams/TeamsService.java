package dev.celadon.service.teams;

import dev.celadon.api.Action;
import dev.celadon.api.Service;
import dev.celadon.domain.teams.Invitations;
import dev.celadon.domain.teams.Memberships;
import dev.celadon.domain.teams.Teams;
import java.util.List;

/** The service {@code teams}. */
public final class TeamsService implements Service {

  static final String NAME = "teams";

  private final Teams teams;
  private final Memberships memberships;
  private final Invitations invitations;

  public TeamsService(Teams teams, Memberships memberships, Invitations invitations) {
    this.teams = teams;
    this.memberships = memberships;
    this.invitations = invitations;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Action> actions() {
    return List.of(
        ListTeams.in(teams),
        CreateTeam.in(teams),
        GetTeam.in(teams),
        UpdateTeam.in(teams),
        DeleteTeam.in(teams),
        GetTeamPrefs.in(teams),
        UpdateTeamPrefs.in(teams),
        ListMemberships.in(teams, memberships),
        CreateMembership.in(invitations),
        GetMembership.in(teams, memberships),
        UpdateMembership.in(memberships),
        DeleteMembership.in(memberships));
  }
}
