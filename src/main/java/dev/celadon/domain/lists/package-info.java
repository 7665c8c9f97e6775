/**
 * Lists that come with the server: well-known passwords, and providers of mail. Entry: {@link
 * dev.celadon.domain.lists.CommonPasswords} and {@link dev.celadon.domain.lists.EmailRule}. Rule: a
 * list is read when a project first asks for it, so that nobody else pays for it.
 */
@NullMarked
package dev.celadon.domain.lists;

import org.jspecify.annotations.NullMarked;
