package dev.celadon.attacks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A client that sends bytes as they are, well-formed or not. */
final class Raw implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Socket socket;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  Raw(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
  }

  /** With a small window, so that the server's buffers fill. */
  Raw(int port, int windowBytes) throws IOException {
    socket = new Socket();
    socket.setReceiveBufferSize(windowBytes);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** Takes a byte now and then until the server ends it; how many bytes there were. */
  long byTheByte() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    socket.setSoTimeout((int) PATIENCE.toMillis());
    for (long read = 0; System.nanoTime() < deadline; read++) {
      try {
        Thread.sleep(20);
        // What the kernel has already taken can still be read: a write finds the end out.
        socket.getOutputStream().write('\r');
        if (socket.getInputStream().read() < 0) return read;
      } catch (SocketException cut) {
        return read;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new AssertionError("still open");
  }

  Raw send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  Raw send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A request with a body of JSON and the right length. */
  static byte[] post(String path, byte[] body, String... headers) {
    var head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    if (List.of(headers).stream().noneMatch(h -> h.startsWith("Content-Type"))) {
      head.append("Content-Type: application/json\r\n");
    }
    for (var header : headers) head.append(header).append("\r\n");
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    var all = new ByteArrayOutputStream();
    all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }

  /** Reads until {@code end} has been heard, the server has closed, or patience is at its end. */
  String until(String end) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      var text = text();
      if (!end.isEmpty() && text.contains(end)) return text;
      if (!more()) return text();
    }
    throw new AssertionError("waited in vain for '" + end + "', heard: " + text());
  }

  /** The whole first answer: its head and as much body as its length says. */
  String answer() throws IOException {
    var head = until("\r\n\r\n");
    int start = head.indexOf("\r\n\r\n") + 4;
    var length = header(head, "content-length");
    if (length.isEmpty() || head.startsWith("HTTP/1.1 204")) return head;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (text().length() < start + Integer.parseInt(length)) {
      if (!more() || System.nanoTime() > deadline) throw new AssertionError("cut: " + text());
    }
    return text();
  }

  /** Waits for the server to close, and says what was heard before. */
  String closed() throws IOException {
    return until("");
  }

  static String header(String answer, String name) {
    return answer
        .lines()
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  static int status(String answer) {
    return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }

  private String text() {
    return heard.toString(StandardCharsets.ISO_8859_1);
  }

  private boolean more() throws IOException {
    socket.setSoTimeout(200);
    var bytes = new byte[65_536];
    try {
      int n = socket.getInputStream().read(bytes);
      if (n < 0) return false;
      heard.write(bytes, 0, n);
    } catch (SocketTimeoutException nothing) {
      return true;
    } catch (SocketException reset) {
      return false;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
