package dev.celadon.service.installation;

import dev.celadon.api.Action;
import dev.celadon.api.Service;
import dev.celadon.domain.installation.Installation;
import java.util.List;

/** {@code /v1/installation}. */
public final class InstallationService implements Service {

  private final Installation installation;

  public InstallationService(Installation installation) {
    this.installation = installation;
  }

  @Override
  public String name() {
    return "installation";
  }

  @Override
  public List<Action> actions() {
    return List.of(
        SwitchServices.list(installation),
        SwitchServices.update(installation),
        RotateKeys.in(installation));
  }
}
