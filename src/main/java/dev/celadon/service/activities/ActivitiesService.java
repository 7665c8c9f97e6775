package dev.celadon.service.activities;

import dev.celadon.api.Action;
import dev.celadon.api.Service;
import dev.celadon.domain.activities.Activities;
import java.util.List;

/** The service {@code activities}. */
public final class ActivitiesService implements Service {

  static final String NAME = "activities";

  private final Activities activities;

  public ActivitiesService(Activities activities) {
    this.activities = activities;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Action> actions() {
    return List.of(ListEvents.in(activities), GetEvent.in(activities));
  }
}
