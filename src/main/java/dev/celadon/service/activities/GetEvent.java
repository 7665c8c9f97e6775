package dev.celadon.service.activities;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.activities.Activities;
import dev.celadon.domain.activities.ActivityModels;

final class GetEvent {

  private static final Param<String> EVENT =
      Param.path("eventId", Rules.id(), "The id of an event.");

  static Action in(Activities activities) {
    return Endpoint.get("/v1/activities/events/{eventId}")
        .named(ActivitiesService.NAME, "getEvent")
        .doc("Get event", "One change: who made it, from where and when.")
        .params(EVENT)
        .scopes(Scope.EVENTS_READ, Scope.LOG_READ)
        .returns(
            200, ActivityModels.ACTIVITY, call -> activities.get(call.project(), call.get(EVENT)));
  }
}
