package dev.celadon.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventTest {

  private final Event event = Event.of("teams.[teamId].memberships.[membershipId].create");

  @Test
  void isPublishedUnderItsNameAndEveryWildcardForm() {
    assertEquals(
        List.of(
            "teams.a.memberships.b.create",
            "teams.a.memberships.*.create",
            "teams.*.memberships.b.create",
            "teams.*.memberships.*.create"),
        List.copyOf(event.names(List.of("a", "b"))));
  }

  @Test
  void takesItsIdsByName() {
    assertArrayEquals(
        new String[] {"a", "b"}, event.ids(Map.of("membershipId", "b", "teamId", "a")));
    assertThrows(IllegalStateException.class, () -> event.ids(Map.of("teamId", "a")));
  }
}
