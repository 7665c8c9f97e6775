package dev.celadon.service.organization;

import static dev.celadon.api.Endpoint.get;
import static dev.celadon.api.Endpoint.post;
import static dev.celadon.api.Endpoint.put;
import static dev.celadon.api.Param.body;
import static dev.celadon.api.Param.path;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.ApiKey;
import dev.celadon.domain.projects.KeyModels;
import dev.celadon.domain.projects.Keys;
import dev.celadon.domain.projects.Owning;
import dev.celadon.domain.query.Listing;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;

/** Keys that act for the organization. Making and changing them takes an owner. */
final class OrganizationKeys {

  private static final Param<String> ID = path("keyId", Rules.id(), "The key's id.");
  private static final Param<String> NEW =
      body("keyId", Rules.newId(), "The key's id, or `unique()`.");
  private static final Param<Set<Scope>> SCOPES =
      body("scopes", Keys.scopes(ApiKey.Kind.ORGANIZATION), "What the key may call.");
  private static final Param<Instant> EXPIRE =
      body("expire", Rules.time(), "When the key ends; never if absent.").optional();

  static Stream<Action> in(Keys keys) {
    return Stream.of(list(keys), create(keys), one(keys), update(keys), delete(keys));
  }

  private static Action list(Keys keys) {
    return get("/v1/organization/keys")
        .named("organization", "listKeys")
        .doc("List keys", "The keys that act for the organization.")
        .params(OwnedProjects.QUERIES, OwnedProjects.TOTAL)
        .scopes(Scope.ORGANIZATION_KEYS_READ)
        .returns(
            200,
            KeyModels.LIST,
            call ->
                keys.list(
                    owned(call),
                    new Listing.Wanted(
                        call.get(OwnedProjects.QUERIES), "", call.get(OwnedProjects.TOTAL))));
  }

  private static Action create(Keys keys) {
    return post("/v1/organization/keys")
        .named("organization", "createKey")
        .doc("Create a key", "Makes a key that acts for the organization.")
        .params(NEW, Organizations.NAME, SCOPES, EXPIRE)
        .scopes(Scope.ORGANIZATION_KEYS_WRITE)
        .audits("organization.key/{keyId}")
        .emits("keys.[keyId].create", KeyModels.EVENT)
        .returns(
            201,
            KeyModels.KEY,
            call -> keys.create(call.change(), owned(call), call.get(NEW), draft(call)));
  }

  private static Action one(Keys keys) {
    return get("/v1/organization/keys/{keyId}")
        .named("organization", "getKey")
        .doc("Get a key", "One key, with its secret.")
        .params(ID)
        .scopes(Scope.ORGANIZATION_KEYS_READ)
        .returns(200, KeyModels.KEY, call -> keys.get(owned(call), call.get(ID)));
  }

  private static Action update(Keys keys) {
    return put("/v1/organization/keys/{keyId}")
        .named("organization", "updateKey")
        .doc("Update a key", "Changes name, scopes and expiry. The secret stays.")
        .params(ID, Organizations.NAME, SCOPES, EXPIRE)
        .scopes(Scope.ORGANIZATION_KEYS_WRITE)
        .audits("organization.key/{keyId}")
        .emits("keys.[keyId].update", KeyModels.EVENT)
        .returns(
            200,
            KeyModels.KEY,
            call -> keys.update(call.change(), owned(call), call.get(ID), draft(call)));
  }

  private static Action delete(Keys keys) {
    return Endpoint.delete("/v1/organization/keys/{keyId}")
        .named("organization", "deleteKey")
        .doc("Delete a key", "Deletes a key; within a second it counts nowhere.")
        .params(ID)
        .scopes(Scope.ORGANIZATION_KEYS_WRITE)
        .audits("organization.key/{keyId}")
        .emits("keys.[keyId].delete", KeyModels.EVENT)
        .returns(
            204, Model.nothing(), call -> keys.delete(call.change(), owned(call), call.get(ID)));
  }

  /** A key's secret is as good as being an owner, so only owners see one. */
  private static Keys.Holder owned(Call call) {
    var team = Owning.team(call);
    Owning.own(call, team);
    return Keys.Holder.organization(team);
  }

  private static Keys.Draft draft(Call call) {
    return new Keys.Draft(call.get(Organizations.NAME), call.get(SCOPES), call.find(EXPIRE));
  }

  private OrganizationKeys() {}
}
