/**
 * The benchmark: Celadon and the floor loaded in turns, starts timed, memory and latency of
 * realtime measured. Entry: {@link dev.celadon.bench.Bench}, run by {@code scripts/bench}. Rule: a
 * figure is a ratio of one run, or says on what it was taken.
 */
package dev.celadon.bench;
