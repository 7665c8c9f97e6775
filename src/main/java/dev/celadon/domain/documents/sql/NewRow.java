package dev.celadon.domain.documents.sql;

import dev.celadon.domain.documents.Column;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a row.
 *
 * @param time of the change, in UTC, with milliseconds
 * @param values as the driver wants them
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of arguments, never compared
public record NewRow(
    String id,
    OffsetDateTime time,
    String[] read,
    String[] update,
    String[] delete,
    Map<Column, @Nullable Object> values) {}
