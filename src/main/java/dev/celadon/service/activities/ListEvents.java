package dev.celadon.service.activities;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.Query;
import dev.celadon.api.Scope;
import dev.celadon.domain.activities.Activities;
import dev.celadon.domain.activities.ActivityModels;
import java.util.List;

final class ListEvents {

  private static final Param<List<Query>> QUERIES =
      Param.query(
              "queries",
              Query.rule(),
              "Conditions on event, resource, ip, userAgent, actorType, actorId and time; limit,"
                  + " offset and cursors.")
          .orElse(List.of());

  static Action in(Activities activities) {
    return Endpoint.get("/v1/activities/events")
        .named(ActivitiesService.NAME, "listEvents")
        .doc("List events", "Who changed what in the project, from where and when; latest first.")
        .params(QUERIES)
        .scopes(Scope.EVENTS_READ, Scope.LOG_READ)
        .returns(
            200,
            ActivityModels.ACTIVITIES,
            call -> activities.list(call.project(), call.get(QUERIES)));
  }
}
