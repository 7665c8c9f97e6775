/**
 * Where data is kept: SQL in direct style, the clients of one PostgreSQL database, its migrations,
 * and a PostgreSQL that Celadon runs by itself. Entry: {@link dev.celadon.store.Db}. Rule: nothing
 * here knows a word of the domain.
 */
@NullMarked
package dev.celadon.store;

import org.jspecify.annotations.NullMarked;
