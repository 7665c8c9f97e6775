/**
 * The event log: one row in {@code celadon.events} in the transaction of each change, read back in
 * the order of ids from positions that are PostgreSQL snapshots. Entry: {@link
 * dev.celadon.event.EventLog}. Rule: what is delivered is always read from the log, never from
 * memory of what was written.
 */
@NullMarked
package dev.celadon.event;

import org.jspecify.annotations.NullMarked;
