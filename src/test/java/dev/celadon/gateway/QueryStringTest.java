package dev.celadon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.celadon.api.Failure;
import io.vertx.core.json.JsonArray;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryStringTest {

  @Test
  void readsTextsAndLists() {
    assertEquals(
        Map.of(
            "a", "x y",
            "empty", "",
            "bare", "",
            "q", JsonArray.of("1", "2"),
            "twice", JsonArray.of("1", "2")),
        QueryString.parse("a=x+y&empty=&bare&q[0]=1&q%5B%5D=2&twice=1&&twice=2"));
    assertEquals(Map.of(), QueryString.parse(null));
  }

  @Test
  void refusesWhatIsMalformedOrTooMuch() {
    assertThrows(Failure.class, () -> QueryString.parse("a=%zz"));
    assertThrows(Failure.class, () -> QueryString.parse("a=1&".repeat(1_001)));
  }
}
