package dev.celadon.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "read(\"any\")",
        "create(\"guests\")",
        "update(\"users/verified\")",
        "delete(\"user:5f1\")",
        "write(\"user:5f1/unverified\")",
        "read(\"team:a.b-c_d/owner\")",
        "read(\"member:m1\")",
        "read(\"label:vip\")"
      })
  void readsAndWritesTheWireForm(String text) throws Exception {
    assertEquals(text, Permission.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "read",
        "read()",
        "read(any)",
        "read(\"any\") ; drop",
        " read(\"any\")",
        "read(\"any\")\n",
        "READ(\"any\")",
        "read(\"user:*\")",
        "read(\"user:\")",
        "read(\"user\")",
        "read(\"any:x\")",
        "read(\"any/verified\")",
        "read(\"users/maybe\")",
        "read(\"team:x/owner\\\")\")",
        "read(\"team:x/o/o\")",
        "read(\"member:m/x\")",
        "read(\"label:-x\")",
        "read(\"nobody\")",
        "read(\"user:0123456789012345678901234567890123456\")"
      })
  void refusesEverythingElse(String text) {
    assertThrows(Rule.Refused.class, () -> Permission.parse(text));
  }

  @Test
  void spellsWriteOut() throws Exception {
    var write = Permission.parse("write(\"any\")");
    var update = Permission.parse("update(\"any\")");
    var read = Permission.parse("read(\"users\")");
    var expanded = Permission.expand(List.of(write, update, read));
    assertEquals(
        "[create(\"any\"), update(\"any\"), delete(\"any\"), read(\"users\")]",
        expanded.toString());
    assertArrayEquals(new String[] {"users"}, Permission.roles(expanded, Permission.Kind.READ));
  }
}
