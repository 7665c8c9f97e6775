/**
 * How the server is, for balancers, monitors and people. Entry: {@link
 * dev.celadon.service.health.HealthService}. Rule: it says what is true now, and asking is cheap.
 */
@NullMarked
package dev.celadon.service.health;

import org.jspecify.annotations.NullMarked;
