package dev.celadon.api;

import io.vertx.core.buffer.Buffer;

/**
 * An answer that is written while it is made. What is wrong with the call must have been said
 * before: an error in the middle can only cut the connection.
 *
 * @param type the media type
 * @param file what the file may be called where it is kept
 * @param first the first piece, which is there already; it may be empty
 * @param rest all that follows
 */
public record Download(String type, String file, Buffer first, Source rest) {}
