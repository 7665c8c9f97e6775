/**
 * The endpoints of files of rows. Entry: {@link
 * dev.celadon.service.databases.transfer.TransferActions}. Rule: neither a file that comes nor one
 * that goes is ever whole in memory.
 */
@NullMarked
package dev.celadon.service.databases.transfer;

import org.jspecify.annotations.NullMarked;
