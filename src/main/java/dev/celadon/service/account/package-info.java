/**
 * What users do with their own account: sign up, sign in, change it, leave. Entry: {@link
 * dev.celadon.service.account.AccountService}. Rule: whose account it is comes from the caller,
 * never from a parameter.
 */
@NullMarked
package dev.celadon.service.account;

import org.jspecify.annotations.NullMarked;
