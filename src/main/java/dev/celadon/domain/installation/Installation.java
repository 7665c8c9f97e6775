package dev.celadon.domain.installation;

import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Page;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Postgres;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What can be done to the whole installation while it runs, on every node at once. */
public final class Installation {

  /** A service, and whether the installation offers it. */
  public record Offer(String service, boolean on) {}

  /** Exchanges a signing key. */
  @FunctionalInterface
  public interface Rotation {

    /**
     * Makes a new key sign in {@code ring}; tokens of the old one stay valid as long as they live.
     *
     * @return the new key's id
     */
    String rotate(String ring);
  }

  private static final String KEY = "services.off";

  private final Postgres postgres;
  private final EventLog log;
  private final Rotation rotation;
  private final Set<String> known;

  /**
   * @param services the wire names of all services but the one that could not be switched on again
   */
  public Installation(
      Postgres postgres, EventLog log, Rotation rotation, Collection<String> services) {
    this.postgres = postgres;
    this.log = log;
    this.rotation = rotation;
    this.known = new TreeSet<>(services.stream().map(Installation::key).toList());
  }

  /** The services that are switched off, in lower case. Every node asks again each second. */
  public Future<Set<String>> off() {
    return postgres
        .point()
        .oneAsync(Installation::names, "SELECT value FROM celadon.meta WHERE key = $1", KEY)
        .map(found -> found.orElse(Set.of()));
  }

  /** Every service. */
  public Page<Offer> services() {
    var off =
        postgres
            .point()
            .one(Installation::names, "SELECT value FROM celadon.meta WHERE key = $1", KEY)
            .orElse(Set.of());
    var offers = known.stream().map(name -> new Offer(name, !off.contains(name))).toList();
    return new Page<>(offers.size(), offers);
  }

  /**
   * Switches a service off or on for everybody; keys and administrators are no exception.
   *
   * @throws Failure {@link Fault#ARGUMENT_INVALID} for a service that there is not
   */
  public Offer turn(Change change, String service, boolean on) {
    var name = key(service);
    if (!known.contains(name)) {
      throw Failure.with(Fault.ARGUMENT_INVALID, "there is no service that can be switched so");
    }
    var offer = new Offer(name, on);
    return postgres
        .transactions()
        .tx(
            tx -> {
              tx.run(
                  """
                  INSERT INTO celadon.meta AS m (key, value)
                  VALUES ($1, array_to_string(celadon.switched('{}', ARRAY[$2], $3), ','))
                  ON CONFLICT (key) DO UPDATE SET value = array_to_string(
                    celadon.switched(string_to_array(m.value, ','), ARRAY[$2], $3), ',')
                  """,
                  KEY,
                  name,
                  on);
              log.append(tx, change, Fact.of(Map.of("serviceId", name), change.payload(offer)));
              return offer;
            });
  }

  /**
   * Makes a new key sign in a ring. Nobody is signed out and no request fails.
   *
   * @return the new key's id
   */
  public String rotate(Change change, String ring) {
    var kid = rotation.rotate(ring);
    return postgres
        .transactions()
        .tx(
            tx -> {
              log.append(
                  tx, change, Fact.of(Map.of("ring", ring, "keyId", kid), change.payload(kid)));
              return kid;
            });
  }

  private static Set<String> names(Row row) {
    var value = row.getString(0);
    return value.isEmpty() ? Set.of() : Set.of(value.split(","));
  }

  private static String key(String service) {
    return service.toLowerCase(Locale.ROOT);
  }
}
