/**
 * What indexes are made of, and how they are made. Entry: {@link
 * dev.celadon.domain.documents.indexing.IndexPlan} for what one may be of, {@link
 * dev.celadon.domain.documents.indexing.IndexBuilds} for those of large tables. Rule: a status says
 * what PostgreSQL has, never what it is hoped to have soon.
 */
@NullMarked
package dev.celadon.domain.documents.indexing;

import org.jspecify.annotations.NullMarked;
