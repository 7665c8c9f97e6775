package dev.celadon.service.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.celadon.service.Desk;
import dev.celadon.service.Desk.Caller;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConsoleServiceTest {

  private static final Desk DESK =
      new Desk(
          new ConsoleService(
              () -> new ConsoleService.Capabilities(true, 0, 0, 0, false, true, false, false)));

  @Test
  void saysWhatThisInstallationCanDo() throws Exception {
    var variables = DESK.call(Caller.admin("console"), "console.variables", Map.of());
    assertEquals(27, variables.size());
    assertEquals("postgresql", variables.getString("_APP_DB_ADAPTER"));
    assertEquals("enabled", variables.getString("_APP_OPTIONS_FORCE_HTTPS"));
    assertEquals(false, variables.getBoolean("supportForRelationships"));
  }

  @Test
  void thereIsOneRegion() throws Exception {
    var regions = DESK.call(Caller.admin("console"), "console.listRegions", Map.of());
    assertEquals("default", regions.getJsonArray("regions").getJsonObject(0).getString("$id"));
  }
}
