package dev.celadon.service.console;

import static dev.celadon.api.Endpoint.get;
import static dev.celadon.api.Schema.BOOLEAN;
import static dev.celadon.api.Schema.INTEGER;
import static dev.celadon.api.Schema.TEXT;

import dev.celadon.api.Action;
import dev.celadon.api.Model;
import dev.celadon.api.Scope;
import dev.celadon.service.console.ConsoleService.Capabilities;
import java.util.List;
import java.util.function.Supplier;

/** What this installation can do, in the words that consoles of the protocol look up. */
final class GetVariables {

  /** PostgreSQL keeps entries of an index within a third of its page. */
  private static final int MAX_INDEX_BYTES = 2_704;

  private static final Model<Capabilities> VARIABLES =
      engine(domains(Model.of("ConsoleVariables", Capabilities.class)))
          .field("_APP_STORAGE_LIMIT", INTEGER, c -> c.maxFileBytes(), "Bytes of the largest file.")
          .field("_APP_COMPUTE_SIZE_LIMIT", INTEGER, c -> c.maxCodeBytes(), "Bytes of code.")
          .field("_APP_COMPUTE_BUILD_TIMEOUT", INTEGER, c -> c.maxBuildSeconds(), "In seconds.")
          .field("_APP_USAGE_STATS", TEXT, c -> "disabled", "Whether usage is counted.")
          .field("_APP_VCS_ENABLED", BOOLEAN, c -> false, "Whether code comes from git hosts.")
          .field("_APP_ASSISTANT_ENABLED", BOOLEAN, c -> false, "Whether there is an assistant.")
          .field(
              "_APP_OPTIONS_FORCE_HTTPS",
              TEXT,
              c -> c.https() ? "enabled" : "disabled",
              "Whether clients must come over TLS.");

  private static Model<Capabilities> domains(Model<Capabilities> model) {
    var more = model.field("_APP_DOMAIN_ENABLED", BOOLEAN, c -> false, "Own domains.");
    for (var name :
        List.of(
            "_APP_DOMAIN_TARGET_CNAME",
            "_APP_DOMAIN_TARGET_A",
            "_APP_DOMAIN_TARGET_AAAA",
            "_APP_DOMAIN_TARGET_CAA",
            "_APP_DOMAIN_SITES",
            "_APP_DOMAIN_FUNCTIONS",
            "_APP_DOMAINS_NAMESERVERS")) {
      more = more.field(name, TEXT, c -> "", "Of domains of projects' own, which are off.");
    }
    return more;
  }

  private static Model<Capabilities> engine(Model<Capabilities> model) {
    return model
        .field("_APP_DB_ADAPTER", TEXT, c -> "postgresql", "What keeps the data.")
        .field("supportForRelationships", BOOLEAN, c -> c.relationships(), "Columns that refer.")
        .field("supportForOperators", BOOLEAN, c -> c.operators(), "Atomic changes of values.")
        .field("supportForSpatials", BOOLEAN, c -> c.spatials(), "All questions of geometry.")
        .field("spatialQueries", TEXT, GetVariables::spatial, "Which questions of geometry.")
        .field("supportForSpatialIndexNull", BOOLEAN, c -> true, "Nulls in their indexes.")
        .field("supportForFulltextWildcard", BOOLEAN, c -> c.fulltext(), "Searching for prefixes.")
        .field("supportForMultipleFulltextIndexes", BOOLEAN, c -> c.fulltext(), "In one table.")
        .field("supportForAttributeResizing", BOOLEAN, c -> true, "Columns can be made longer.")
        .field("supportForSchemas", BOOLEAN, c -> true, "Each project has its own schema.")
        .field("maxIndexLength", INTEGER, c -> MAX_INDEX_BYTES, "Bytes of an entry of an index.")
        .field("supportForIntegerIds", BOOLEAN, c -> true, "Rows have a sequence.");
  }

  /** Without PostGIS there are points, lines and polygons, too, but not every question of them. */
  private static String spatial(Capabilities capabilities) {
    return capabilities.spatials() ? "all" : "points: distances, equality, within polygons";
  }

  static Action in(Supplier<Capabilities> capabilities) {
    return get("/v1/console/variables")
        .named("console", "variables")
        .doc("What this installation can do", "Limits and capabilities that a console shows.")
        .scopes(Scope.PROJECTS_READ)
        .returns(200, VARIABLES, call -> capabilities.get());
  }

  private GetVariables() {}
}
