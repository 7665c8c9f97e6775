package dev.celadon.bench.peers;

/** What every server is asked to do. */
enum Deed {
  READ("row read by id", 64),
  LIST("list of 25", 64),
  FILTERED("list of 25, two filters", 64),
  CREATE("create", 64),
  UPDATE("update", 64),
  BULK("bulk insert of 100", 8);

  private final String title;
  private final int connections;

  Deed(String title, int connections) {
    this.title = title;
    this.connections = connections;
  }

  String title() {
    return title;
  }

  /** How many requests are in flight. */
  int connections() {
    return connections;
  }
}
