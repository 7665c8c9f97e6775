/**
 * Teams as users, servers and administrators work with them. Entry: {@link
 * dev.celadon.service.teams.TeamsService}. Rule: who may see or change a team is decided by {@link
 * dev.celadon.domain.teams}, in the statement or transaction of the call.
 */
@NullMarked
package dev.celadon.service.teams;

import org.jspecify.annotations.NullMarked;
