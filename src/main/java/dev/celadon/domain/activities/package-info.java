/**
 * The audit: who changed what, from where, and when. Entry: {@link
 * dev.celadon.domain.activities.Activities}. Rule: it is a reading of the event log; nothing is
 * written for it.
 */
@NullMarked
package dev.celadon.domain.activities;

import org.jspecify.annotations.NullMarked;
