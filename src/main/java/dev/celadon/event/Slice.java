package dev.celadon.event;

import java.util.List;

/**
 * What one reading of the log gave.
 *
 * @param events in the order of their ids
 * @param snapshot the reading's own: whatever it does not see was not there to be read
 * @param next the place behind the last event; where to read on
 * @param more whether more was there than the reading may carry: read on at once
 * @param gap whether the place asked for is not one of this history, or no longer within it: no
 *     events, and {@code next} is where the history stands now
 */
public record Slice(
    List<Logged> events, Snapshot snapshot, Position next, boolean more, boolean gap) {}
