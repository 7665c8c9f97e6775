package dev.celadon.matrix;

import dev.celadon.Server;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Fault;
import dev.celadon.laws.Served;
import dev.celadon.store.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A server, a project on it, and everybody who may call: the stage of the matrix. */
final class World {

  /** How a caller without the scope may be told so; all of them 401. */
  static final Set<String> REFUSALS =
      Set.of(Fault.UNAUTHORIZED_SCOPE.type(), Fault.USER_JWT_INVALID.type());

  /** Answers of 5xx that say what is not configured, and so are meant. */
  static final Set<String> MISSING =
      Set.of(Fault.SMTP_DISABLED.type(), Fault.PHONE_DISABLED.type());

  private static final class Limited {
    static final Server SERVER = Served.start("--limits.enabled=true");
  }

  private final Server server;
  private final Wire wire;
  private final Cell cell;
  private final List<Caller> callers;

  /** Who was first on each server: the owner of the installation. */
  private static final Map<Server, Caller> OWNERS = new ConcurrentHashMap<>();

  private World(Server server) throws Exception {
    this.server = server;
    this.wire = new Wire(TestPostgres.vertx(), server.port());
    if (!OWNERS.containsKey(server)) OWNERS.put(server, Cell.owner(wire, server.catalog()));
    this.cell = Cell.make(wire, server.catalog());
    this.callers = new ArrayList<>(cell.callers(Cell.make(wire, server.catalog())));
    callers.add(OWNERS.get(server));
  }

  /** A new project on the server that knows no limits. */
  static World open() throws Exception {
    return new World(Served.server());
  }

  /** A new project on a server with rate limits. */
  static World limited() throws Exception {
    return new World(Limited.SERVER);
  }

  Wire wire() {
    return wire;
  }

  /** Everybody, nobody twice. */
  List<Caller> callers() {
    return callers;
  }

  /** Everybody but the owner of the installation, whom all worlds of a server share. */
  List<Caller> strangers() {
    return callers.subList(0, callers.size() - 1);
  }

  /** A key with every scope. */
  Caller key() {
    return named("key");
  }

  /** Somebody like this caller, in a project of his own: what he breaks nobody needs. */
  Caller twin(Caller caller) throws Exception {
    if (caller.name().equals("owner")) return caller;
    var elsewhere = Cell.make(wire, server.catalog());
    return elsewhere.callers(cell).stream()
        .filter(other -> other.name().equals(caller.name()))
        .findFirst()
        .orElseThrow();
  }

  /** The same user in another session. */
  Caller again(Caller user) throws Exception {
    return cell.again(user);
  }

  /** Who may call this; a key if it may. */
  Caller admitted(Endpoint endpoint) {
    var order = List.of("key", "user", "administrator", "member", "guest", "owner");
    return order.stream()
        .map(this::named)
        .filter(caller -> caller.admitted(endpoint))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nobody may call " + endpoint.id()));
  }

  /** Who may call this and is held to rate limits; null if there is nobody. */
  @Nullable Caller held(Endpoint endpoint) {
    return List.of("user", "guest", "member").stream()
        .map(this::named)
        .filter(caller -> caller.admitted(endpoint))
        .findFirst()
        .orElse(null);
  }

  private Caller named(String name) {
    return callers.stream().filter(caller -> caller.name().equals(name)).findFirst().orElseThrow();
  }

  /** Says how many cases a family had. */
  static void report(String family, int cases) {
    System.out.println("matrix: " + family + ": " + cases + " cases");
  }
}
