package dev.celadon.bench.peers;

import dev.celadon.bench.Wrk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The same deeds asked of all servers in turns, so that all meet the same noise. */
final class Comparison {

  private final Plan plan;
  private final Site site;
  private final List<Served> servers;
  private final Program postgres;

  /**
   * How long to measure.
   *
   * @param turns of each server for each deed, after one that is not counted
   */
  record Plan(int rows, int turns, int seconds, int warmSeconds) {}

  /** One turn, and what PostgreSQL used of the processor meanwhile, for each request. */
  private record Turn(Wrk wrk, double postgresUs) {}

  /** First is Celadon. */
  Comparison(Plan plan, Site site, List<Served> servers) {
    this.plan = plan;
    this.site = site;
    this.servers = servers;
    this.postgres = new Program(ProcessHandle.of(site.postgres().pid()).orElseThrow());
  }

  /** Asks for every deed and prints a table. */
  void run() {
    System.out.println(
        "| shape | server | /s | p50 ms | p99 ms | CPU us | with PostgreSQL | MB | Celadon/it |");
    System.out.println("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (var deed : Deed.values()) compare(deed);
    System.out.println();
  }

  private void compare(Deed deed) {
    Map<Served, List<Turn>> turns = new LinkedHashMap<>();
    Map<Served, String> failures = new LinkedHashMap<>();
    for (int number = 0; number <= plan.turns; number++) {
      int seconds = number == 0 ? plan.warmSeconds : plan.seconds;
      for (var server : servers) {
        var ask = server.asks().get(deed);
        if (ask == null || failures.containsKey(server)) continue;
        try {
          var turn = turn(server, deed, ask, seconds);
          if (number > 0) turns.computeIfAbsent(server, any -> new ArrayList<>()).add(turn);
        } catch (IllegalStateException e) {
          failures.put(server, String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " "));
        }
      }
    }
    double ours = perSecond(turns.getOrDefault(servers.getFirst(), List.of()));
    for (var server : servers) {
      if (failures.containsKey(server)) {
        System.out.printf("| %s | %s | failed: %s |%n", deed, server.name(), failures.get(server));
      } else if (turns.containsKey(server)) {
        print(deed, server, turns.get(server), ours);
      }
    }
  }

  private Turn turn(Served server, Deed deed, Ask ask, int seconds) {
    long before = postgres.cpuUs();
    var wrk =
        Wrk.run(
            ask.shape(site, deed),
            ask.caller(),
            deed.connections(),
            seconds,
            server.program()::cpuUs);
    return new Turn(wrk, (double) (postgres.cpuUs() - before) / wrk.requests());
  }

  private static void print(Deed deed, Served server, List<Turn> turns, double ours) {
    double cpu = average(turns, turn -> turn.wrk.cpuUs());
    double both = cpu + (server.shared() ? average(turns, Turn::postgresUs) : 0);
    double perSecond = perSecond(turns);
    System.out.printf(
        "| %s | %s | %,.0f | %.1f | %.1f | %,.0f | %,.0f | %d | %s |%n",
        deed.title(),
        server.name(),
        perSecond,
        worst(turns, turn -> turn.wrk.p50Ms()),
        worst(turns, turn -> turn.wrk.p99Ms()),
        cpu,
        both,
        server.program().rssKiB() / 1024,
        ours == perSecond ? "" : "%.1f".formatted(ours / perSecond));
  }

  private static double perSecond(List<Turn> turns) {
    double seconds = turns.stream().mapToDouble(turn -> turn.wrk.seconds()).sum();
    return turns.stream().mapToLong(turn -> turn.wrk.requests()).sum() / seconds;
  }

  private static double average(List<Turn> turns, ToDoubleFunction<Turn> figure) {
    return turns.stream().mapToDouble(figure).average().orElse(0);
  }

  private static double worst(List<Turn> turns, ToDoubleFunction<Turn> figure) {
    return turns.stream().mapToDouble(figure).max().orElse(0);
  }
}
