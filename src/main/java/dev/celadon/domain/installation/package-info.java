/**
 * The installation as a whole: which services it offers, and how it is. Entry: {@link
 * dev.celadon.domain.installation.Installation}. Rule: nothing here belongs to a project; what is
 * told in the log is told in that of the console.
 */
@NullMarked
package dev.celadon.domain.installation;

import org.jspecify.annotations.NullMarked;
