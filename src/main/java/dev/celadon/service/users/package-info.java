/**
 * Users as servers and administrators work with them. Entry: {@link
 * dev.celadon.service.users.UsersService}. Rule: no answer and no event carries a password's hash.
 */
@NullMarked
package dev.celadon.service.users;

import org.jspecify.annotations.NullMarked;
