package dev.celadon.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event as it stands in the log.
 *
 * @param id ascending; unique within an epoch
 * @param xid the transaction that wrote it
 * @param template the event's declared name, with the places of ids in brackets
 * @param ids what stands in those places
 * @param version the resource's version after the change, or 0
 * @param readers the roles that could read the resource when the event was written
 * @param allowed the roles that the newest event of the same resource names
 * @param container what the table or bucket around a row or file has become since, as JSON text; an
 *     empty object where it is gone, null where it is what it was
 * @param columns what permissions the columns of the table around a row have now, as JSON text:
 *     lists by key, without those columns that have got their key since; null where none has any
 * @param actor who made the change, as {@link EventLog#actor} writes it
 * @param payload the resource as JSON text
 * @param position the place right behind this event
 */
public record Logged(
    String project,
    long id,
    long xid,
    Instant time,
    String template,
    List<String> ids,
    long version,
    List<String> readers,
    List<String> allowed,
    @Nullable String container,
    @Nullable String columns,
    String actor,
    String payload,
    Position position) {}
