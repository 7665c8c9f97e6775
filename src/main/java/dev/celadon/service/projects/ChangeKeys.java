package dev.celadon.service.projects;

import dev.celadon.api.Action;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.KeyModels;
import dev.celadon.domain.projects.Keys;

/** Changes or deletes an API key. */
final class ChangeKeys {

  static Action update(Place place, Keys keys) {
    return Endpoint.put(place.at("/keys/{keyId}"))
        .named(place.service(), "updateKey")
        .doc("Update an API key", "Changes name, scopes and expiry. The secret stays.")
        .params(place.with(ReadKeys.KEY, Place.NAME, CreateKey.SCOPES, CreateKey.EXPIRE))
        .scopes(Scope.KEYS_WRITE)
        .audits("project.key/{keyId}")
        .emits("keys.[keyId].update", KeyModels.EVENT)
        .returns(
            200,
            KeyModels.KEY,
            call ->
                keys.update(
                    Place.change(call),
                    Keys.Holder.project(call.project()),
                    call.get(ReadKeys.KEY),
                    CreateKey.draft(call)));
  }

  static Action delete(Place place, Keys keys) {
    return Endpoint.delete(place.at("/keys/{keyId}"))
        .named(place.service(), "deleteKey")
        .doc("Delete an API key", "Deletes a key; within a second it counts nowhere.")
        .params(place.with(ReadKeys.KEY))
        .scopes(Scope.KEYS_WRITE)
        .audits("project.key/{keyId}")
        .emits("keys.[keyId].delete", KeyModels.EVENT)
        .returns(
            204,
            Model.nothing(),
            call ->
                keys.delete(
                    Place.change(call),
                    Keys.Holder.project(call.project()),
                    call.get(ReadKeys.KEY)));
  }

  private ChangeKeys() {}
}
