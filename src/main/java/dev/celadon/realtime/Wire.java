package dev.celadon.realtime;

import java.nio.charset.StandardCharsets;

/** How frames reach one client. Used on the connection's event loop only. */
interface Wire {

  /**
   * Writes one frame.
   *
   * @param json the frame
   * @param seq the place in the log behind it, or empty
   */
  void write(String json, String seq);

  /** As {@link #write(String, String)}, of a frame whose beginning many clients get, as UTF-8. */
  default void write(byte[] head, String tail, String seq) {
    write(new String(head, StandardCharsets.UTF_8) + tail, seq);
  }

  /** Whether the client does not keep up: write no more until it drains. */
  boolean full();

  /** Calls {@code then} each time that the client has caught up. */
  void onDrain(Runnable then);

  /** Asks for a sign of life. */
  void ping();

  /** Whether an answer to {@link #ping} can be expected. */
  boolean answers();

  /** Ends the connection, telling why. */
  void close(int code, String reason);

  /** Ends the connection at once: nobody listens. */
  void drop();
}
