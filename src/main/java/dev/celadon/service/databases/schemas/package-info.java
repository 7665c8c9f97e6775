/**
 * All tables of a database as one JSON document, to be shown and to be applied. Entry: {@link
 * dev.celadon.service.databases.schemas.SchemaActions}. Rule: what is shown can be applied, and
 * changes nothing then.
 */
@NullMarked
package dev.celadon.service.databases.schemas;

import org.jspecify.annotations.NullMarked;
