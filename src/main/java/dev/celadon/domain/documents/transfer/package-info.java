/**
 * Tables as files: rows that leave as CSV or JSON Lines, and come back. Entry: {@link
 * dev.celadon.domain.documents.transfer.Imports} and {@link
 * dev.celadon.domain.documents.transfer.Exports}. Rule: whatever the size of the file, memory holds
 * one piece of it, and a table holds all of its rows or none.
 */
@NullMarked
package dev.celadon.domain.documents.transfer;

import org.jspecify.annotations.NullMarked;
