package dev.celadon.realtime;

/**
 * The bounds of realtime.
 *
 * @param messages how many messages one connection may send a minute
 * @param connections how many connections one address may open a minute; 0 for any number
 * @param channels how many channels one connection may subscribe to, over all its subscriptions
 * @param queueBytes how much may wait for a slow consumer, in bytes
 * @param queueAgeMs how long it may wait, in milliseconds
 * @param pingMs after how long an idle connection is pinged, in milliseconds
 * @param pongMs how long the answer may take, in milliseconds
 * @param refreshMs how often it is asked anew who a visitor is when no event says that it changed,
 *     in milliseconds; sessions expire without an event
 */
public record Limits(
    int messages,
    int connections,
    int channels,
    int queueBytes,
    int queueAgeMs,
    int pingMs,
    int pongMs,
    int refreshMs) {

  public static final Limits USUAL =
      new Limits(32, 128, 128, 1 << 20, 10_000, 25_000, 8_000, 60_000);

  /** Bytes of one message from a client, and of one frame. */
  static final int MESSAGE_BYTES = 65_536;

  static final int CHANNEL_CHARACTERS = 256;
}
