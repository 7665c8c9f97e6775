package dev.celadon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.celadon.TestServer;
import dev.celadon.TestServer.As;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class GatewayTest {

  private static final TestServer SERVER = TestServer.start();
  private static final As GUEST = As.guest("console");

  @Test
  void saysWhatIsNotServed() {
    for (var path :
        new String[] {
          "/", "/v1", "/v1/nowhere", "/v1//projects", "/v1/projects/", "/v1/../v1/projects"
        }) {
      var answer = SERVER.get(GUEST, path);
      assertEquals(404, answer.status(), path);
      assertEquals("general_route_not_found", answer.type(), path);
    }
  }

  @Test
  void errorsHaveFourFields() {
    var error = SERVER.get(GUEST, "/v1/projects").json();
    assertEquals(java.util.Set.of("message", "code", "type", "version"), error.fieldNames());
    assertEquals(401, error.getInteger("code"));
    assertEquals("general_unauthorized_scope", error.getString("type"));
  }

  @Test
  void aProjectThatDoesNotExistIsNotFound() {
    assertEquals("project_not_found", SERVER.get(As.guest("nothere"), "/v1/project").type());
    assertEquals("project_not_found", SERVER.get(GUEST, "/v1/projects/nothere").type());
  }

  @Test
  void unauthorizedWinsOverInvalid() {
    var answer = SERVER.post(GUEST, "/v1/projects", new JsonObject());
    assertEquals(401, answer.status());
  }

  @Test
  void servesItsOwnDescription() {
    var document = SERVER.get(GUEST, "/v1/openapi.json");
    assertEquals(200, document.status());
    assertTrue(document.json().getString("openapi").startsWith("3.1"));
    assertEquals(200, SERVER.get(GUEST, "/docs").status());
  }
}
