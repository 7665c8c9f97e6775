/**
 * Transactions of rows: begun, filled, committed or rolled back. Entry: {@link
 * dev.celadon.service.databases.transactions.Steps}. Rule: an operation is a call of an endpoint of
 * rows, and is done by that endpoint.
 */
@NullMarked
package dev.celadon.service.databases.transactions;

import org.jspecify.annotations.NullMarked;
