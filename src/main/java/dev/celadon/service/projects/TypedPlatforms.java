package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.post;
import static dev.celadon.api.Endpoint.put;
import static dev.celadon.api.Param.body;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.Platform;
import dev.celadon.domain.projects.PlatformModels;
import dev.celadon.domain.projects.Platforms;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Adds and changes platforms, an endpoint for each type: one row each. */
final class TypedPlatforms {

  /**
   * @param id the parameter by which an app of this type is known
   */
  private record Row(String type, String noun, Param<String> id, Model<Platform> model) {}

  private static final String WEB = "web";

  private static final Pattern HOST =
      Pattern.compile(
          "(\\*|[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)(\\.(\\*|[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?))*");
  private static final int MAX_HOST = 253;

  private static final List<Row> ROWS =
      List.of(
          row(WEB, "Web", "hostname", host()),
          row("apple", "Apple", "bundleIdentifier", Rules.text(256)),
          row("android", "Android", "applicationId", Rules.text(256)),
          row("linux", "Linux", "packageName", Rules.text(256)),
          row("windows", "Windows", "packageIdentifierName", Rules.text(256)));

  static final Param<String> NEW =
      body("platformId", Rules.newId(), "The platform's id, or `unique()`.");

  private static Row row(String type, String noun, String param, Rule<String> rule) {
    return new Row(
        type,
        noun,
        body(param, rule, "What identifies the app."),
        PlatformModels.of("Platform" + noun));
  }

  static Stream<Action> in(Platforms platforms) {
    return ROWS.stream().flatMap(row -> Stream.of(create(row, platforms), update(row, platforms)));
  }

  private static Action create(Row row, Platforms platforms) {
    return post(Place.PROJECT.at("/platforms/" + row.type))
        .named("project", "create" + row.noun + "Platform")
        .doc("Add a platform: " + row.noun, "Lets an app of this type call the project.")
        .params(NEW, Place.NAME, row.id)
        .scopes(Scope.PLATFORMS_WRITE)
        .audits("project.platform/{platformId}")
        .emits("platforms.[platformId].create")
        .returns(
            201,
            row.model(),
            call -> platforms.create(Place.change(call), call.get(NEW), draft(row, call)));
  }

  private static Action update(Row row, Platforms platforms) {
    return put(Place.PROJECT.at("/platforms/" + row.type + "/{platformId}"))
        .named("project", "update" + row.noun + "Platform")
        .doc("Update a platform: " + row.noun, "Changes a platform of this type.")
        .params(ReadPlatforms.ID, Place.NAME, row.id)
        .scopes(Scope.PLATFORMS_WRITE)
        .audits("project.platform/{platformId}")
        .emits("platforms.[platformId].update")
        .returns(
            200,
            row.model(),
            call ->
                platforms.update(Place.change(call), call.get(ReadPlatforms.ID), draft(row, call)));
  }

  private static Platform.Draft draft(Row row, Call call) {
    var name = call.get(Place.NAME);
    var id = call.get(row.id);
    return row.type.equals(WEB)
        ? new Platform.Draft(row.type, name, "", "", id)
        : new Platform.Draft(row.type, name, id, "", "");
  }

  /** The rule for host names of web platforms, in which a label may be {@code *}. */
  static Rule<String> host() {
    return Rules.rule(
        Schema.TEXT.with("maxLength", MAX_HOST),
        raw -> {
          if (raw instanceof String text && text.length() <= MAX_HOST) {
            var lower = text.toLowerCase(Locale.ROOT);
            if (HOST.matcher(lower).matches() || lower.equals("[::1]")) return lower;
          }
          throw new Rule.Refused("must be a host name, without scheme, port or path");
        });
  }

  private TypedPlatforms() {}
}
