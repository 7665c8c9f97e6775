package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.get;
import static dev.celadon.api.Param.path;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.Platform;
import dev.celadon.domain.projects.PlatformModels;
import dev.celadon.domain.projects.Platforms;

/** Lists, gets and deletes platforms of whatever type. */
final class ReadPlatforms {

  /** The name under which clients look up a platform whose type they do not know yet. */
  private static final Model<Platform> WEB = PlatformModels.of("PlatformWeb");

  static final Param<String> ID = path("platformId", Rules.id(), "The platform's id.");

  static Action list(Place place, Platforms platforms) {
    var params =
        place == Place.PROJECT ? place.with(Place.QUERIES, Place.TOTAL) : place.with(Place.TOTAL);
    return get(place.at("/platforms"))
        .named(place.service(), "listPlatforms")
        .doc("List platforms", "The apps that may call this project.")
        .params(params)
        .scopes(Scope.PLATFORMS_READ)
        .returns(
            200,
            PlatformModels.LIST,
            call -> platforms.list(Place.project(call), Place.wanted(call)));
  }

  static Action one(Place place, Platforms platforms) {
    return get(place.at("/platforms/{platformId}"))
        .named(place.service(), "getPlatform")
        .doc("Get a platform", "One app that may call this project.")
        .params(place.with(ID))
        .scopes(Scope.PLATFORMS_READ)
        .returns(
            200,
            place == Place.PROJECT ? WEB : PlatformModels.PLATFORM,
            call -> platforms.get(Place.project(call), call.get(ID)));
  }

  static Action delete(Place place, Platforms platforms) {
    return Endpoint.delete(place.at("/platforms/{platformId}"))
        .named(place.service(), "deletePlatform")
        .doc("Delete a platform", "Browsers at a deleted web platform are refused from then on.")
        .params(place.with(ID))
        .scopes(Scope.PLATFORMS_WRITE)
        .audits("project.platform/{platformId}")
        .emits("platforms.[platformId].delete", PlatformModels.PLATFORM)
        .returns(204, Model.nothing(), call -> platforms.delete(Place.change(call), call.get(ID)));
  }

  private ReadPlatforms() {}
}
