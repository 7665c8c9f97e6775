/**
 * What can be done to a value where it is stored: added to, appended to, toggled. Entry: {@link
 * dev.celadon.domain.documents.operators.Operators}. Rule: an operator becomes an expression of the
 * one statement that changes the row; nothing is read first.
 */
@NullMarked
package dev.celadon.domain.documents.operators;

import org.jspecify.annotations.NullMarked;
