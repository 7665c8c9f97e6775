/**
 * The only place where SQL is put together for tables that users define. Entry: {@link
 * dev.celadon.domain.documents.sql.RowSql}. Rule: identifiers are generated numbers; what users
 * call things is an argument, or an alias quoted by {@link dev.celadon.domain.query.Sql#quote}.
 */
@NullMarked
package dev.celadon.domain.documents.sql;

import org.jspecify.annotations.NullMarked;
