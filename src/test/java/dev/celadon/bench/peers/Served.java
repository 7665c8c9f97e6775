package dev.celadon.bench.peers;

import java.util.Map;

/**
 * A server that runs and has its rows.
 *
 * @param shared whether it keeps its rows in the PostgreSQL of the benchmark
 */
record Served(String name, Program program, boolean shared, Map<Deed, Ask> asks) {}
