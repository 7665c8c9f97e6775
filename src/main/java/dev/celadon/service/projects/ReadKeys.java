package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.get;
import static dev.celadon.api.Param.path;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.KeyModels;
import dev.celadon.domain.projects.Keys;

/** Lists the API keys of a project, or gets one. */
final class ReadKeys {

  static final Param<String> KEY = path("keyId", Rules.id(), "The key's id.");

  static Action list(Place place, Keys keys) {
    return get(place.at("/keys"))
        .named(place.service(), "listKeys")
        .doc("List API keys", "The keys with which servers may call this project.")
        .params(place.with(Place.QUERIES, Place.TOTAL))
        .scopes(Scope.KEYS_READ)
        .returns(
            200,
            KeyModels.LIST,
            call -> keys.list(Keys.Holder.project(Place.project(call)), Place.wanted(call)));
  }

  static Action one(Place place, Keys keys) {
    return get(place.at("/keys/{keyId}"))
        .named(place.service(), "getKey")
        .doc("Get an API key", "One key, with its secret.")
        .params(place.with(KEY))
        .scopes(Scope.KEYS_READ)
        .returns(
            200,
            KeyModels.KEY,
            call -> keys.get(Keys.Holder.project(Place.project(call)), call.get(KEY)));
  }

  private ReadKeys() {}
}
