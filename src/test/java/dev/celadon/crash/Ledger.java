package dev.celadon.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What one writer asked for and was told, on disk before the next step is taken. */
final class Ledger implements AutoCloseable {

  /** What can happen to a write: it is sent, done, refused, or nobody knows. */
  enum Fate {
    INVOKE,
    OK,
    FAIL,
    INFO
  }

  /** One line: {@code value} is what the row's counter shall be. */
  record Entry(Fate fate, String id, long value) {}

  private final FileChannel file;

  Ledger(Path path) {
    try {
      file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends and syncs. */
  void write(Fate fate, String id, long value) {
    var line = "%s %s %d %d%n".formatted(fate, id, value, System.currentTimeMillis());
    try {
      file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
      file.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All entries of a ledger. */
  static List<Entry> read(Path path) throws IOException {
    var entries = new ArrayList<Entry>();
    for (var line : Files.readAllLines(path)) {
      var words = line.split(" ");
      entries.add(new Entry(Fate.valueOf(words[0]), words[1], Long.parseLong(words[2])));
    }
    return entries;
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
