/**
 * Databases, tables and rows, offered in two vocabularies by one engine. Entry: {@link
 * dev.celadon.service.databases.DatabasesService}. Rule: what differs between the vocabularies is a
 * word of {@link dev.celadon.service.databases.Dialect} and nothing else.
 */
@NullMarked
package dev.celadon.service.databases;

import org.jspecify.annotations.NullMarked;
