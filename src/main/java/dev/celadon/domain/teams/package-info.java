/**
 * Teams and who belongs to them. Entry: {@link dev.celadon.domain.teams.Teams}. Rule: whoever
 * changes the members of a team holds the row of the team, so that its total and its last owner are
 * exact.
 */
@NullMarked
package dev.celadon.domain.teams;

import org.jspecify.annotations.NullMarked;
