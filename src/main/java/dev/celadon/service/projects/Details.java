package dev.celadon.service.projects;

import static dev.celadon.api.Param.body;

import dev.celadon.api.Call;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.domain.projects.ProjectModels;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The texts that describe a project, as parameters. */
final class Details {

  private static final List<Param<String>> ALL =
      ProjectModels.DETAILS.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(text -> param(text.getKey(), text.getValue()))
          .toList();

  private static Param<String> param(String name, int max) {
    return body(name, Rules.text(0, max), "A text that describes the project.").optional();
  }

  /** The parameters of an endpoint: its own, and these. */
  static List<Param<?>> and(Param<?>... own) {
    return Stream.concat(Stream.of(own), ALL.stream()).toList();
  }

  /** Those texts that the caller gave. */
  static JsonObject of(Call call) {
    var given = new JsonObject();
    for (var param : ALL) {
      if (call.find(param) instanceof String text) given.put(param.name(), text);
    }
    return given;
  }

  private Details() {}
}
