/**
 * The endpoints of rows, in the words of each dialect. Entry: {@link
 * dev.celadon.service.databases.rows.RowActions}. Rule: what they answer the engine has encoded.
 */
@NullMarked
package dev.celadon.service.databases.rows;

import org.jspecify.annotations.NullMarked;
