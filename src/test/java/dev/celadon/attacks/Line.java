package dev.celadon.attacks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One WebSocket, byte by byte: it can say what no well-behaved client would. */
final class Line implements AutoCloseable {

  static final int TEXT = 0x81;
  static final int BINARY = 0x82;
  static final int PING = 0x89;
  private static final int WAIT_S = 30;
  private static final int LOST = 1006;

  final LinkedBlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
  final StringBuffer heard = new StringBuffer();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final Socket socket;
  private final DataInputStream in;
  private String answer = "";

  private Line(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
  }

  /**
   * A socket that listens.
   *
   * @param query what follows {@code /v1/realtime?}
   * @param headers further lines of the request
   */
  static Line open(int port, String query, String... headers) throws IOException {
    var line = deaf(port, query, headers);
    Thread.ofVirtual().start(line::listen);
    return line;
  }

  /** A socket that reads nothing after its handshake. */
  static Line deaf(int port, String query, String... headers) throws IOException {
    var line = new Line(port);
    var request =
        new StringBuilder("GET /v1/realtime?" + query + " HTTP/1.1\r\nHost: localhost\r\n");
    request.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
    request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (var header : headers) request.append(header).append("\r\n");
    line.raw(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    line.answer = line.head();
    return line;
  }

  /** The head of the answer to the handshake. */
  String answer() {
    return answer;
  }

  private String head() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.readUnsignedByte());
    return head.toString();
  }

  /** {@code channels[]=a&channels[]=b}, as a URL carries it. */
  static String channels(String project, String... channels) {
    var query = new StringBuilder("project=" + project);
    for (var channel : channels) {
      query.append("&channels%5B%5D=").append(URLEncoder.encode(channel, StandardCharsets.UTF_8));
    }
    return query.toString();
  }

  void say(String type, Object data) throws IOException {
    text(new JsonObject().put("type", type).put("data", data).encode());
  }

  void subscribe(String id, List<Object> queries, String since, String... channels)
      throws IOException {
    var row = new JsonObject().put("subscriptionId", id).put("queries", new JsonArray(queries));
    row.put("channels", new JsonArray(List.of(channels)));
    if (!since.isEmpty()) row.put("since", since);
    say("subscribe", new JsonArray().add(row));
  }

  void text(String text) throws IOException {
    frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A masked frame; {@code first} is its first byte. */
  void frame(int first, byte[] payload) throws IOException {
    raw(masked(first, payload));
  }

  static byte[] masked(int first, byte[] payload) {
    var out = new ByteArrayOutputStream(payload.length + 14);
    out.write(first);
    if (payload.length < 126) {
      out.write(0x80 | payload.length);
    } else if (payload.length <= 0xffff) {
      out.write(0x80 | 126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    } else {
      out.write(0x80 | 127);
      for (int i = 7; i >= 0; i--) out.write((int) ((long) payload.length >> (8 * i)));
    }
    // A mask of zeros is a mask.
    out.writeBytes(new byte[4]);
    out.writeBytes(payload);
    return out.toByteArray();
  }

  void raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  private void listen() {
    try {
      while (true) {
        int opcode = in.readUnsignedByte() & 0x0f;
        long length = in.readUnsignedByte() & 0x7f;
        if (length == 126) length = in.readUnsignedShort();
        else if (length == 127) length = in.readLong();
        var payload = in.readNBytes((int) length);
        if (payload.length < length) throw new EOFException();
        switch (opcode) {
          case 1 -> hear(new String(payload, StandardCharsets.UTF_8));
          case 8 ->
              closed.complete(length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff);
          default -> {}
        }
      }
    } catch (IOException gone) {
      closed.complete(LOST);
    }
  }

  private void hear(String text) {
    heard.append(text).append('\n');
    frames.add(new JsonObject(text));
  }

  /** The data of the next frame, which must be of this type. */
  JsonObject next(String type) throws InterruptedException {
    var frame = frames.poll(WAIT_S, TimeUnit.SECONDS);
    if (frame == null) throw new AssertionError("no " + type + " came");
    if (!frame.getString("type").equals(type)) {
      throw new AssertionError("not " + type + ": " + frame);
    }
    return frame.getJsonObject("data", new JsonObject());
  }

  /** The id of the resource of the next event. */
  String event() throws InterruptedException {
    return next("event").getJsonObject("payload").getString("$id");
  }

  /** The code with which the server closed, 1006 where it only went away. */
  int closeCode() throws Exception {
    return closed.get(WAIT_S, TimeUnit.SECONDS);
  }

  boolean open() {
    return !closed.isDone();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
