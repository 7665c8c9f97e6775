package dev.celadon.crash;

import dev.celadon.bench.Fixture;
import dev.celadon.bench.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Some rounds of crashes under load, all random choices from one seed. */
final class Run {

  private static final int WRITERS = 32;
  private static final int GROUP_WRITERS = 6;
  private static final int SERVER_PERCENT = 65;
  private static final int POSTGRES_PERCENT = 25;

  /** What the clients of a run share: whether to go on, and what surprised them. */
  record Signals(BooleanSupplier goOn, List<String> surprises) {}

  /**
   * How a run goes.
   *
   * @param atMostMs the longest peace between two crashes
   */
  record Plan(long seed, int rounds, int atMostMs) {}

  private final Victim victim;
  private final Fixture fixture;
  private final Plan plan;
  private final Path ledgers;
  private final String table;
  private final AtomicBoolean going = new AtomicBoolean(true);
  private final List<String> surprises = new CopyOnWriteArrayList<>();

  Run(Victim victim, Fixture fixture, Plan plan, Path ledgers) {
    this.victim = victim;
    this.fixture = fixture;
    this.plan = plan;
    this.ledgers = ledgers;
    this.table = "crash-" + plan.seed;
  }

  /** Runs to the end and judges. */
  Verdict go() throws IOException, InterruptedException {
    Files.createDirectories(ledgers);
    fixture.table(table);
    var links =
        Fixture.json(
            "relatedTableId",
            table,
            "type",
            "oneToMany",
            "key",
            GroupWriter.LINKS,
            "onDelete",
            "setNull");
    fixture
        .admin()
        .post("/tablesdb/default/tables/" + table + "/columns/relationship", links)
        .expect(202);
    var random = new Random(plan.seed);
    try (var watcher = new Watcher(fixture, table, surprises)) {
      watcher.start();
      var clients = clients(random);
      for (int round = 0; round < plan.rounds; round++) {
        Node.pause(random.nextInt(plan.atMostMs / 6, plan.atMostMs));
        crash(random.nextInt(100), random.nextInt(200));
      }
      Node.pause(plan.atMostMs / 2);
      going.set(false);
      for (var client : clients) client.join();
      return Verdict.of(new Verdict.Case(victim, table, ledgers, watcher, surprises));
    }
  }

  private List<Thread> clients(Random random) {
    var signals = new Signals(going::get, surprises);
    var clients = new ArrayList<Thread>();
    for (int i = 0; i < WRITERS; i++) {
      var ledger = new Ledger(ledgers.resolve("writer-" + i));
      var own = new Random(random.nextLong());
      var writer = new Writer(fixture.user(), table, "w" + i, ledger, own, signals);
      clients.add(Thread.ofPlatform().daemon().start(writer));
    }
    for (int i = 0; i < GROUP_WRITERS; i++) {
      var ledger = new Ledger(ledgers.resolve("group-" + i));
      var own = new Random(random.nextLong());
      var writer = new GroupWriter(fixture.key(), table, "g" + i, ledger, own, signals);
      clients.add(Thread.ofPlatform().daemon().start(writer));
    }
    var schema = new SchemaWriter(fixture.admin(), "schema-" + plan.seed, signals);
    clients.add(Thread.ofPlatform().daemon().start(schema));
    return clients;
  }

  private void crash(int dice, int delayMs) {
    if (dice < SERVER_PERCENT) {
      victim.killServer();
      victim.revive();
    } else if (dice < SERVER_PERCENT + POSTGRES_PERCENT) {
      victim.killPostgres();
      Node.pause(delayMs);
      victim.recovered();
    } else {
      victim.killPostgres();
      Node.pause(delayMs);
      victim.killServer();
      victim.revive();
    }
  }
}
