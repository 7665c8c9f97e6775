/**
 * The organization that a caller acts for: a team of the console, with the projects that it owns.
 * Entry: {@link dev.celadon.service.organization.OrganizationService}. Rule: which organization is
 * meant is asked of {@link dev.celadon.domain.projects.Owning} in every handler.
 */
@NullMarked
package dev.celadon.service.organization;

import org.jspecify.annotations.NullMarked;
