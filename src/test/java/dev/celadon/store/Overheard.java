package dev.celadon.store;

import io.vertx.core.Future;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Ways to PostgreSQL that keep what is sent on them, and tell how it is carried out. */
public final class Overheard implements Lanes {

  /**
   * A statement that was sent.
   *
   * @param generic whether its plan is made without regard to its arguments
   */
  public record Statement(boolean generic, String sql, Tuple args) {}

  private final List<Statement> said = new CopyOnWriteArrayList<>();
  private final Postgres postgres;
  private final SqlClient client;

  public Overheard(PgConnectOptions database) {
    postgres = TestPostgres.open(TestPostgres.vertx(), database);
    client =
        PgBuilder.client()
            .with(new PoolOptions().setMaxSize(2))
            .connectingTo(database)
            .using(TestPostgres.vertx())
            .build();
  }

  @Override
  public Db point() {
    return lane(true);
  }

  @Override
  public Db page() {
    return lane(true);
  }

  @Override
  public Db list() {
    return lane(false);
  }

  @Override
  public Db transactions() {
    return postgres.transactions();
  }

  /** What was said since the last time. */
  public List<Statement> said() {
    var all = new ArrayList<>(said);
    said.clear();
    return all;
  }

  /** How PostgreSQL carries out the statement, which it does. */
  public String plan(Statement statement) {
    var mode = statement.generic ? "force_generic_plan" : "force_custom_plan";
    var args = new ArrayList<String>();
    for (int i = 0; i < statement.args.size(); i++) args.add(literal(statement.args.getValue(i)));
    var values = args.isEmpty() ? "" : "(" + String.join(", ", args) + ")";
    return transactions()
        .tx(
            tx -> {
              tx.script("SET LOCAL plan_cache_mode = " + mode);
              tx.script("PREPARE heard AS " + statement.sql);
              var explain = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF) EXECUTE heard";
              var lines = tx.list(row -> row.getString(0), explain + values);
              tx.script("DEALLOCATE heard");
              return String.join("\n", lines);
            });
  }

  /** As text, which PostgreSQL reads as whatever the statement needs. */
  private static String literal(Object value) {
    if (value == null) return "NULL";
    if (value instanceof Object[] all) {
      return List.of(all).stream()
          .map(each -> '"' + each.toString().replace("\"", "\\\"") + '"')
          .collect(Collectors.joining(",", "'{", "}'"));
    }
    return "'" + value.toString().replace("'", "''") + "'";
  }

  private Db lane(boolean generic) {
    return Db.routed(work -> work.apply(listening(generic)));
  }

  private SqlClient listening(boolean generic) {
    Function<String, PreparedQuery<RowSet<Row>>> prepare =
        sql -> listening(generic, sql, client.preparedQuery(sql));
    return proxy(SqlClient.class, prepare);
  }

  @SuppressWarnings("unchecked")
  private PreparedQuery<RowSet<Row>> listening(
      boolean generic, String sql, PreparedQuery<RowSet<Row>> query) {
    Function<Tuple, Future<RowSet<Row>>> run =
        args -> {
          said.add(new Statement(generic, sql, args));
          return query.execute(args);
        };
    return proxy(PreparedQuery.class, run);
  }

  /** One of whose methods only those with one argument are called. */
  @SuppressWarnings("unchecked")
  private static <A, T> T proxy(Class<T> type, Function<A, ?> work) {
    var loader = Overheard.class.getClassLoader();
    return (T)
        Proxy.newProxyInstance(
            loader, new Class<?>[] {type}, (self, method, args) -> work.apply((A) args[0]));
  }
}
