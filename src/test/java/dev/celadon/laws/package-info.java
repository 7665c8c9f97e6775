/**
 * Laws of the house: tests that read the source, the class files and the catalogue rather than
 * calling the server. Entry: {@link dev.celadon.laws.Checkout}. Rule: a law that bends names the
 * exception and its reason beside the law.
 */
@NullMarked
package dev.celadon.laws;

import org.jspecify.annotations.NullMarked;
