/**
 * What the owner of an installation can do to it while it runs. Ours, beyond the protocol. Entry:
 * {@link dev.celadon.service.installation.InstallationService}. Rule: it cannot be switched off.
 */
@NullMarked
package dev.celadon.service.installation;

import org.jspecify.annotations.NullMarked;
