/**
 * Projects: the tenants of an installation, with their settings, keys and platforms. Entry: {@link
 * dev.celadon.domain.projects.Projects}. Rule: that a project exists, and how its settings changed,
 * is decided here; whether a caller reaches it at all was decided by the gateway.
 */
@NullMarked
package dev.celadon.domain.projects;

import org.jspecify.annotations.NullMarked;
