package dev.celadon.domain.projects;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as its administrators see it.
 *
 * @param secret what a caller sends
 * @param accessed the day on which it was last used
 * @param sdks the names of the clients that used it
 */
public record Key(
    String id,
    String name,
    List<String> scopes,
    String secret,
    @Nullable Instant expires,
    @Nullable Instant accessed,
    List<String> sdks,
    Instant created,
    Instant updated) {}
