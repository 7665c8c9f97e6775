package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.post;
import static dev.celadon.api.Param.body;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.EphemeralKeys;
import dev.celadon.domain.projects.Key;
import dev.celadon.domain.projects.KeyModels;
import java.time.Duration;

/** Makes a key that lives for an hour at most and is stored nowhere; two endpoints. */
final class CreateEphemeralKey {

  private static final long DEFAULT_SECONDS = 900;

  static final Param<Long> DURATION =
      body("duration", Rules.integer(1, 3_600), "How many seconds the key lives.");

  static Action in(EphemeralKeys keys) {
    return post("/v1/project/keys/ephemeral")
        .named("project", "createEphemeralKey")
        .doc("Create a short-lived key", "Makes a key that ends by itself and is not stored.")
        .params(CreateKey.SCOPES, DURATION)
        .scopes(Scope.KEYS_WRITE)
        .audits("project.key/{keyId}")
        .emits("keys.[keyId].create", KeyModels.EVENT)
        .returns(201, KeyModels.EPHEMERAL, call -> create(keys, call, DURATION));
  }

  /** As older clients ask for it. */
  static Action asToken(EphemeralKeys keys) {
    var duration = DURATION.orElse(DEFAULT_SECONDS);
    return post("/v1/projects/{projectId}/jwts")
        .named("projects", "createJWT")
        .doc("Create a short-lived key as a token", "Makes a key that ends by itself.")
        .params(Place.PROJECT_ID, CreateKey.SCOPES, duration)
        .scopes(Scope.KEYS_WRITE)
        .audits("project.key/{keyId}")
        .emits("keys.[keyId].create", KeyModels.EVENT)
        .returns(201, KeyModels.JWT, call -> create(keys, call, duration));
  }

  private static Key create(EphemeralKeys keys, Call call, Param<Long> duration) {
    return keys.create(
        Place.change(call), call.get(CreateKey.SCOPES), Duration.ofSeconds(call.get(duration)));
  }

  private CreateEphemeralKey() {}
}
