/**
 * Projects as their administrators see them, in two vocabularies: {@code /v1/projects} names the
 * project in its path, {@code /v1/project} is inside of one. Entry: {@link
 * dev.celadon.service.projects.ProjectsService}. Rule: what both offer is declared once, in a
 * {@link dev.celadon.service.projects.Place}.
 */
@NullMarked
package dev.celadon.service.projects;

import org.jspecify.annotations.NullMarked;
