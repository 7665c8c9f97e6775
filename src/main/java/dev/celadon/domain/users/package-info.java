/**
 * People: users of a project, their sessions, and what they may do with their own account. Entry:
 * {@link dev.celadon.domain.users.Users}. Rule: a password or its hash never leaves this package
 * except to {@link dev.celadon.domain.users.Hashes}.
 */
@NullMarked
package dev.celadon.domain.users;

import org.jspecify.annotations.NullMarked;
