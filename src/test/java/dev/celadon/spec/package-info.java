/**
 * Tests of the documents about the API. Entry: {@link dev.celadon.spec.OpenApiTest}. Rule: a
 * document is judged by what a client would make of it.
 */
@NullMarked
package dev.celadon.spec;

import org.jspecify.annotations.NullMarked;
