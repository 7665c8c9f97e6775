package dev.celadon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.celadon.api.Catalog;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

  private final RouteTable routes =
      new RouteTable(
          new Catalog(
              List.of(
                  endpoint("get", "/v1/teams/{teamId}"),
                  endpoint("mine", "/v1/teams/mine"),
                  endpoint("prefs", "/v1/teams/{teamId}/prefs"))));

  private static Endpoint endpoint(String name, String path) {
    var builder = Endpoint.get(path).named("teams", name).doc("t", "d").scopes(Scope.PUBLIC);
    if (path.contains("{")) builder.params(Param.path("teamId", Rules.id(), "Team."));
    return builder.returns(200, Model.text("Text"), call -> "").endpoint();
  }

  @Test
  void prefersFixedPartsAndDecodesVariableOnes() {
    assertEquals("teams.mine", found("/v1/teams/mine").endpoint().id());
    assertEquals("teams.prefs", found("/v1/teams/mine/prefs").endpoint().id());
    assertEquals(Map.of("teamId", "a b+c"), found("/v1/teams/a%20b+c").values());
  }

  private RouteTable.Match found(String path) {
    return present(routes.find(HttpMethod.GET, path));
  }

  private static RouteTable.Match present(RouteTable.Match match) {
    assertNotNull(match);
    return match;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1/teams/a",
        "/v1/teams",
        "/v1/teams/",
        "/v1//teams/a",
        "//v1/teams/a",
        "/v1/teams/a/",
        "/v1/teams/a/prefs/x",
        "/v1/teams/%zz",
        "/V1/teams/a",
        "/v1/x/../teams/a",
        "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s"
      })
  void servesNothingElse(String path) {
    assertNull(routes.find(HttpMethod.GET, path));
  }

  @Test
  void knowsMethodsApart() {
    assertNull(routes.find(HttpMethod.POST, "/v1/teams/a"));
    assertNull(routes.find(HttpMethod.HEAD, "/v1/teams/a"));
  }
}
