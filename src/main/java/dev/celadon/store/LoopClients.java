package dev.celadon.store;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One pipelined client for each event loop, so that a statement issued on a loop is written and
 * answered on that loop. Callers elsewhere (virtual threads) are spread over the loops.
 */
final class LoopClients implements Db.Route {

  private record Lane(ContextInternal context, EventLoop loop, SqlClient client) {}

  private final List<Lane> lanes = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * @param loops how many event loops shall have a client
   * @param client makes one
   */
  LoopClients(Vertx vertx, int loops, Supplier<SqlClient> client) {
    // Vert.x hands loops out in turn, to others too: ask until all have been seen, but not forever.
    for (int asked = 0; lanes.size() < loops && asked < loops * 8; asked++) {
      ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
      if (lanes.stream().noneMatch(lane -> lane.loop.equals(context.nettyEventLoop()))) {
        lanes.add(new Lane(context, context.nettyEventLoop(), client.get()));
      }
    }
  }

  @Override
  public Future<RowSet<Row>> run(Function<SqlClient, Future<RowSet<Row>>> work) {
    ContextInternal here = ContextInternal.current();
    if (here != null && Context.isOnEventLoopThread()) {
      for (int i = 0; i < lanes.size(); i++) {
        if (lanes.get(i).loop.equals(here.nettyEventLoop())) {
          return work.apply(lanes.get(i).client);
        }
      }
    }
    Lane lane = lanes.get(Math.floorMod(turn.getAndIncrement(), lanes.size()));
    // Whoever asks from a context, of a loop without a client too, is answered on it.
    Promise<RowSet<Row>> answer = here == null ? Promise.promise() : here.promise();
    lane.context.runOnContext(go -> work.apply(lane.client).onComplete(answer));
    return answer.future();
  }

  Future<Void> close() {
    return Future.join(lanes.stream().map(lane -> lane.client.close()).toList()).mapEmpty();
  }
}
