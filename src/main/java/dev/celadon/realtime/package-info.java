/**
 * Events to subscribers, over WebSocket and Server-Sent Events. Entry: {@link
 * dev.celadon.realtime.Realtime}. Rule: all that belongs to one connection lives on its event loop,
 * and whether it may see an event is decided when the event is sent.
 */
@NullMarked
package dev.celadon.realtime;

import org.jspecify.annotations.NullMarked;
