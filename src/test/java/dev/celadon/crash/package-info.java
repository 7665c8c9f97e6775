/**
 * The crash harness: writers with a ledger, a subscriber that resumes, and a server that is killed
 * again and again. Entry: {@link dev.celadon.crash.Crash}, run by {@code scripts/crash}; {@link
 * dev.celadon.crash.CrashTest} runs a short form of it. Rule: what is random comes from the seed
 * that is printed, and the verdict is read from disk and database, not from memory.
 */
package dev.celadon.crash;
