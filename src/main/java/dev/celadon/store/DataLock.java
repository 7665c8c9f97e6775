package dev.celadon.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One Celadon per data directory. The operating system frees the lock when its process ends,
 * however it ends, so that there is never a stale one to clean up.
 */
final class DataLock implements AutoCloseable {

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, making the directory when it is missing.
   *
   * @throws CannotStart when another process has it, or the directory cannot be written
   */
  static DataLock take(Path data) {
    Path file = data.resolve("celadon.lock");
    try {
      Files.createDirectories(data);
      var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new CannotStart(
            "data directory %s is in use by another Celadon (process %s)"
                .formatted(data, Files.readString(file).strip()));
      }
      byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid), 0);
      return new DataLock(channel);
    } catch (IOException e) {
      throw new CannotStart("data directory %s cannot be written: %s".formatted(data, e), e);
    }
  }

  @SuppressWarnings("try") // held until the channel is closed
  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
