package dev.celadon.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules by numbers, counted over the sources of the server. */
class TidyTest {

  private static final int MEDIAN_LINES = 90;
  private static final int MOST_LINES = 300;
  private static final int MAX_LINES = 500;
  private static final int MAX_COLUMNS = 100;
  private static final int MAX_FILES = 25;

  /** Tables by nature: one entry a line, the lines of one entry too wide for one. */
  private static final Set<String> TABLES = Set.of("Fault.java");

  /** The language of declarations is one vocabulary, one word a file; splitting hides words. */
  private static final Map<String, Integer> LARGER_PACKAGES = Map.of("dev/celadon/api", 40);

  private static final Set<String> FORBIDDEN_WORDS =
      Set.of("Manager", "Helper", "Util", "Utils", "Impl", "Base", "Abstract", "DTO", "Dto");

  private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z][a-z0-9]*");
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");

  private final List<Path> files = Checkout.files(Checkout.SOURCES, ".java");

  @Test
  void filesAreShort() {
    var found = new ArrayList<String>();
    var lengths = files.stream().mapToInt(file -> lines(file).size()).sorted().toArray();
    int median = lengths[lengths.length / 2];
    if (median > MEDIAN_LINES) found.add("median " + median);
    int most = lengths[(int) Math.ceil(lengths.length * 0.95) - 1];
    if (most > MOST_LINES) found.add("95% " + most + " of " + Arrays.toString(lengths));
    for (var file : files) {
      int length = lines(file).size();
      if (length > MAX_LINES && !TABLES.contains(name(file))) found.add(length + " lines: " + file);
    }
    assertNone(found);
  }

  @Test
  void linesAreNarrow() {
    var found = new ArrayList<String>();
    for (var file : files) {
      var lines = lines(file);
      for (int i = 0; i < lines.size(); i++) {
        int columns = lines.get(i).codePointCount(0, lines.get(i).length());
        if (columns > MAX_COLUMNS && !lines.get(i).startsWith("import ")) {
          found.add(columns + " columns: " + file + ":" + (i + 1));
        }
      }
    }
    assertNone(found);
  }

  @Test
  void methodsAreShortAndTakeFewParameters() {
    assertNone(new Declarations(files).violations());
  }

  @Test
  void packagesAreSmallAndExplained() {
    var sizes = new TreeMap<Path, Integer>();
    for (var file : files) {
      sizes.merge(file.getParent(), name(file).equals("package-info.java") ? 0 : 1, Integer::sum);
    }
    var found = new ArrayList<String>();
    sizes.forEach(
        (folder, size) -> {
          var name = Checkout.SOURCES.relativize(folder).toString();
          if (size > LARGER_PACKAGES.getOrDefault(name, MAX_FILES)) {
            found.add(size + " files: " + name);
          }
          if (!files.contains(folder.resolve("package-info.java"))) {
            found.add("unexplained: " + name);
          } else if (!explained(folder)) {
            found.add("no entry, rule or @NullMarked: " + name);
          }
        });
    assertNone(found);
  }

  @Test
  void namesSayWhatThingsAre() {
    var found = new ArrayList<String>();
    for (var file : files) {
      var words = WORD.matcher(name(file).replace(".java", "")).results().map(m -> m.group());
      words.filter(FORBIDDEN_WORDS::contains).forEach(word -> found.add(word + ": " + file));
    }
    assertNone(found);
  }

  @Test
  void nothingIsLeftForLater() {
    var found = new ArrayList<String>();
    for (var file : files) {
      if (UNFINISHED.matcher(Checkout.text(file)).find()) found.add(file.toString());
    }
    assertNone(found);
    assertTrue(files.size() > 30, "the sources are there");
  }

  private static boolean explained(Path folder) {
    var file = Checkout.text(folder.resolve("package-info.java"));
    var text = file.replaceAll("\\s+(\\* )?", " ");
    return text.contains("Entry: ") && text.contains("Rule: ") && text.contains("@NullMarked");
  }

  private static List<String> lines(Path file) {
    return Checkout.text(file).lines().toList();
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static void assertNone(List<String> found) {
    assertEquals("", String.join("\n", found));
  }
}
