package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.post;
import static dev.celadon.api.Param.body;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Ids;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.ApiKey;
import dev.celadon.domain.projects.KeyModels;
import dev.celadon.domain.projects.Keys;
import java.time.Instant;
import java.util.Set;

/** Makes an API key. */
final class CreateKey {

  static final Param<String> KEY = body("keyId", Rules.newId(), "The key's id, or `unique()`.");
  static final Param<Set<Scope>> SCOPES =
      body("scopes", Keys.scopes(ApiKey.Kind.PROJECT), "What the key may call.");
  static final Param<Instant> EXPIRE =
      body("expire", Rules.time(), "When the key ends; never if absent.").optional();

  static Action in(Place place, Keys keys) {
    var id = place == Place.PROJECTS ? KEY.orElse(Ids.UNIQUE) : KEY;
    return post(place.at("/keys"))
        .named(place.service(), "createKey")
        .doc("Create an API key", "Makes a key with which a server may call this project.")
        .params(place.with(id, Place.NAME, SCOPES, EXPIRE))
        .scopes(Scope.KEYS_WRITE)
        .audits("project.key/{keyId}")
        .emits("keys.[keyId].create", KeyModels.EVENT)
        .returns(
            201,
            KeyModels.KEY,
            call ->
                keys.create(
                    Place.change(call),
                    Keys.Holder.project(call.project()),
                    call.get(id).equals(Ids.UNIQUE) ? Ids.unique() : call.get(id),
                    draft(call)));
  }

  static Keys.Draft draft(Call call) {
    return new Keys.Draft(call.get(Place.NAME), call.get(SCOPES), call.find(EXPIRE));
  }

  private CreateKey() {}
}
