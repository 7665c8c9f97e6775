/**
 * What describes the API to people and programs: the OpenAPI document and the page that shows it.
 * Entry: {@link dev.celadon.spec.OpenApi}. Rule: everything is derived from the catalogue; nothing
 * is written about an endpoint here.
 */
@NullMarked
package dev.celadon.spec;

import org.jspecify.annotations.NullMarked;
