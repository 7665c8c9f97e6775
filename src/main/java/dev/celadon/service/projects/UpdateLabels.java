package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.put;
import static dev.celadon.api.Param.body;

import dev.celadon.api.Action;
import dev.celadon.api.Param;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.ProjectModels;
import dev.celadon.domain.projects.Settings;
import java.util.List;
import java.util.regex.Pattern;

/** Replaces a project's labels. */
final class UpdateLabels {

  private static final Pattern LABEL = Pattern.compile("[a-zA-Z0-9]{1,36}");

  static final Param<List<String>> LABELS =
      body("labels", Rules.list(label(), 1_000), "All labels; those not named are removed.");

  static Action in(Settings settings) {
    return put("/v1/project/labels")
        .named("project", "updateLabels")
        .doc("Set the labels", "Replaces the labels by which projects can be told apart.")
        .params(LABELS)
        .scopes(Scope.PROJECT_WRITE)
        .audits("project.labels/{projectId}")
        .emits("project.labels.update")
        .returns(
            200,
            ProjectModels.PROJECT,
            call ->
                settings.label(Place.change(call), call.get(LABELS).stream().distinct().toList()));
  }

  private static Rule<String> label() {
    return Rules.rule(
        Schema.TEXT.with("maxLength", 36),
        raw -> {
          if (raw instanceof String text && LABEL.matcher(text).matches()) return text;
          throw new Rule.Refused("must be of 1 to 36 letters and digits");
        });
  }

  private UpdateLabels() {}
}
