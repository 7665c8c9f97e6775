/**
 * The audit of a project. Entry: {@link dev.celadon.service.activities.ActivitiesService}. Rule:
 * for keys with {@code events.read} and for administrators, who hold {@code log.read}.
 */
@NullMarked
package dev.celadon.service.activities;

import org.jspecify.annotations.NullMarked;
