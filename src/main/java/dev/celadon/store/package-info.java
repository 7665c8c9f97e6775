/**
 * Where data is kept: SQL in direct style ({@link dev.celadon.store.Db}, the entry), the clients of
 * one PostgreSQL database, its migrations, and a PostgreSQL that Celadon runs by itself. Rule:
 * nothing here knows a word of the domain.
 */
@NullMarked
package dev.celadon.store;

import org.jspecify.annotations.NullMarked;
