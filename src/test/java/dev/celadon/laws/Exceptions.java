package dev.celadon.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the server and the contract are meant to differ: lines {@code kind | what | reason}, where
 * {@code *} in {@code what} stands for anything.
 */
final class Exceptions {

  private static final Path FILE = Path.of("src/test/resources/contract-exceptions.txt");

  private record Rule(String line, Pattern what) {}

  private final List<Rule> rules = new ArrayList<>();

  Exceptions(String kind) {
    for (var line : Checkout.text(FILE).lines().toList()) {
      var parts = line.split(" \\| ");
      if (line.isBlank() || line.startsWith("#")) continue;
      if (parts.length != 3 || parts[2].isBlank()) {
        throw new IllegalStateException("an exception is kind | what | reason: " + line);
      }
      if (!parts[0].strip().equals(kind)) continue;
      var glob = Pattern.quote(parts[1].strip()).replace("*", "\\E.*\\Q");
      rules.add(new Rule(line, Pattern.compile(glob + ":.*", Pattern.DOTALL)));
    }
  }

  /** Fails with every difference that no line excuses, and every line that excuses nothing. */
  void check(List<String> differences) {
    var left = new ArrayList<String>();
    var used = new ArrayList<Rule>();
    for (var difference : differences) {
      var rule = rules.stream().filter(r -> r.what.matcher(difference).matches()).findFirst();
      rule.ifPresentOrElse(used::add, () -> left.add(difference));
    }
    for (var rule : rules) if (!used.contains(rule)) left.add("excuses nothing: " + rule.line);
    assertEquals("", String.join("\n", left));
  }
}
