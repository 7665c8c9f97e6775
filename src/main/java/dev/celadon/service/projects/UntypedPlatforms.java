package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.post;
import static dev.celadon.api.Endpoint.put;
import static dev.celadon.api.Param.body;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Ids;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.Platform;
import dev.celadon.domain.projects.PlatformModels;
import dev.celadon.domain.projects.Platforms;

/** Adds and changes platforms as older clients do, whose types are more and stand in the body. */
final class UntypedPlatforms {

  private static final Param<String> TYPE =
      body(
          "type",
          Rules.oneOf(
              "web",
              "flutter-web",
              "flutter-ios",
              "flutter-android",
              "flutter-linux",
              "flutter-macos",
              "flutter-windows",
              "apple",
              "apple-ios",
              "apple-macos",
              "apple-watchos",
              "apple-tvos",
              "android",
              "linux",
              "windows",
              "unity",
              "react-native-ios",
              "react-native-android"),
          "What kind of app it is.");
  private static final Param<String> KEY =
      body("key", Rules.text(0, 256), "What identifies an app that is no web page.").orElse("");
  private static final Param<String> STORE =
      body("store", Rules.text(0, 256), "Its id in an app store.").orElse("");
  private static final Param<String> HOST =
      body("hostname", TypedPlatforms.host(), "Where the pages of a web app are from.").orElse("");

  static Action create(Platforms platforms) {
    return post("/v1/projects/{projectId}/platforms")
        .named("projects", "createPlatform")
        .doc("Add a platform", "Lets an app call the project.")
        .params(Place.PROJECT_ID, TYPE, Place.NAME, KEY, STORE, HOST)
        .scopes(Scope.PLATFORMS_WRITE)
        .audits("project.platform/{platformId}")
        .emits("platforms.[platformId].create")
        .returns(
            201,
            PlatformModels.PLATFORM,
            call -> {
              var draft = draft(call, call.get(TYPE));
              if (draft.type().endsWith("web") && draft.hostname().isEmpty()) {
                throw Failure.with(Fault.ARGUMENT_INVALID, "a web platform needs a `hostname`");
              }
              return platforms.create(Place.change(call), Ids.unique(), draft);
            });
  }

  static Action update(Platforms platforms) {
    return put("/v1/projects/{projectId}/platforms/{platformId}")
        .named("projects", "updatePlatform")
        .doc("Update a platform", "Changes a platform of whatever type.")
        .params(Place.PROJECT_ID, ReadPlatforms.ID, Place.NAME, KEY, STORE, HOST)
        .scopes(Scope.PLATFORMS_WRITE)
        .audits("project.platform/{platformId}")
        .emits("platforms.[platformId].update")
        .returns(
            200,
            PlatformModels.PLATFORM,
            call ->
                platforms.update(Place.change(call), call.get(ReadPlatforms.ID), draft(call, "")));
  }

  private static Platform.Draft draft(Call call, String type) {
    return new Platform.Draft(
        type, call.get(Place.NAME), call.get(KEY), call.get(STORE), call.get(HOST));
  }

  private UntypedPlatforms() {}
}
