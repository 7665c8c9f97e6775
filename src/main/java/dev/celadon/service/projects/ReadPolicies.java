package dev.celadon.service.projects;

import static dev.celadon.api.Endpoint.get;
import static dev.celadon.api.Param.path;

import dev.celadon.api.Action;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Model;
import dev.celadon.api.Numbers;
import dev.celadon.api.Page;
import dev.celadon.api.Param;
import dev.celadon.api.Query;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.projects.Policy;
import dev.celadon.domain.projects.Projects;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/** Lists the policies of a project, or gets one. Each has fields of its own. */
final class ReadPolicies {

  /** Named after the one that clients name it after; its fields are those of its policy. */
  static final Model<JsonObject> POLICY = Model.free("PolicyPasswordDictionary");

  private static final Model<Page<JsonObject>> LIST = Model.list("PolicyList", "policies", POLICY);

  private static final Param<Policy> ID =
      path(
          "policyId",
          Rules.mapped(
              Rules.oneOf(Stream.of(Policy.values()).map(Policy::wire).toList()),
              ReadPolicies::policy),
          "The policy's id.");

  static Action list(Projects projects) {
    return get("/v1/project/policies")
        .named("project", "listPolicies")
        .doc("List policies", "Every policy as it is set, or by default.")
        .params(Place.QUERIES, Place.TOTAL)
        .scopes(Scope.PROJECT_POLICIES_READ, Scope.POLICIES_READ)
        .returns(
            200,
            LIST,
            call -> {
              var policies = projects.get(Place.project(call)).policies();
              var all = Stream.of(Policy.values()).map(policy -> policy.render(policies));
              return new Page<>(
                  call.get(Place.TOTAL) ? Policy.values().length : 0,
                  part(all, call.get(Place.QUERIES)));
            });
  }

  static Action one(Projects projects) {
    return get("/v1/project/policies/{policyId}")
        .named("project", "getPolicy")
        .doc("Get a policy", "One policy as it is set, or by default.")
        .params(ID)
        .scopes(Scope.PROJECT_POLICIES_READ, Scope.POLICIES_READ)
        .returns(
            200, POLICY, call -> call.get(ID).render(projects.get(Place.project(call)).policies()));
  }

  /** There are as many as there are: of queries, only those for a page make sense. */
  private static List<JsonObject> part(Stream<JsonObject> all, List<Query> queries) {
    var part = all;
    for (var query : queries.stream().sorted(ReadPolicies::offsetFirst).toList()) {
      var values = query.values();
      var n = values.size() == 1 ? Numbers.whole(values.getFirst()) : null;
      if (n == null || n < 0)
        throw Failure.with(Fault.QUERY_INVALID, query.method() + " cannot be used here");
      part =
          switch (query.method()) {
            case LIMIT -> part.limit(n);
            case OFFSET -> part.skip(n);
            default ->
                throw Failure.with(Fault.QUERY_INVALID, query.method() + " cannot be used here");
          };
    }
    return part.toList();
  }

  private static int offsetFirst(Query a, Query b) {
    return Boolean.compare(b.method() == Query.Method.OFFSET, a.method() == Query.Method.OFFSET);
  }

  private static Policy policy(String wire) {
    var policy = Policy.of(wire);
    if (policy == null) throw new IllegalStateException(wire);
    return policy;
  }

  private ReadPolicies() {}
}
