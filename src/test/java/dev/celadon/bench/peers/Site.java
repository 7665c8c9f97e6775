package dev.celadon.bench.peers;

import dev.celadon.store.EmbeddedPostgres;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where and on what the servers run.
 *
 * @param root the checkout
 * @param work for files of this run
 * @param rows that every server stores before it is measured
 */
record Site(Path root, Path work, EmbeddedPostgres postgres, int rows) {

  /** The scripts of wrk. */
  Path scripts() {
    return root.resolve("src/test/resources/bench");
  }

  /** An empty directory. */
  Path directory(String name) throws IOException {
    return Files.createDirectories(work.resolve(name));
  }

  /** Makes a database of this name; where it is. */
  String database(String name) {
    statement("postgres", "CREATE DATABASE " + name);
    return uri(name);
  }

  /** Runs a statement in a database. */
  void statement(String database, String sql) {
    var vertx = Vertx.vertx();
    var client = PgBuilder.client();
    var address = postgres.address().setDatabase(database);
    client.connectingTo(address).using(vertx).build().query(sql).execute().await();
    vertx.close().await();
  }

  /** Where a database is. */
  String uri(String database) {
    var at = postgres.address();
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(at.getUser(), at.getPassword(), at.getHost(), at.getPort(), database);
  }
}
