/**
 * The audit of a project. Entry: {@link dev.celadon.service.activities.ActivitiesService}. Rule:
 * for keys with the scope and for administrators only.
 */
@NullMarked
package dev.celadon.service.activities;

import org.jspecify.annotations.NullMarked;
