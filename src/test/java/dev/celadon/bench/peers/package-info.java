/**
 * Celadon and other backends under the same load, in turns on one machine. Entry: {@link
 * dev.celadon.bench.peers.Peers}, run by {@code scripts/bench-peers}. Rule: a peer is set up as its
 * own guide advises, and never asked for less than Celadon unless a note says so.
 */
@NullMarked
package dev.celadon.bench.peers;

import org.jspecify.annotations.NullMarked;
