package dev.celadon.event;

import dev.celadon.api.Actor;
import dev.celadon.api.Change;
import dev.celadon.api.Event;
import dev.celadon.store.Db;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Appends to the log. Every change of anything appends exactly one event, in the statement or in
 * the transaction of the change: what was acknowledged is in the log, what failed is not.
 */
public final class EventLog {

  /**
   * The head of the insert, for hot paths that append in the statement of the change itself. Its
   * columns in order: project, event (template), ids, version, readers, actor, ip, agent, audit,
   * payload (a JsonObject; of a text the driver would make a JSON string).
   */
  public static final String INSERT =
      "INSERT INTO celadon.events"
          + " (project, event, ids, version, readers, actor, ip, agent, audit, payload)";

  private final Predicate<String> audited;

  /** A log that keeps who made each change. */
  public EventLog() {
    this(project -> true);
  }

  /**
   * @param audited whether the log of a project keeps who made a change; asked for each change, so
   *     it answers from memory
   */
  public EventLog(Predicate<String> audited) {
    this.audited = audited;
  }

  /** Who made a change and from where: what the audit shows beside the change itself. */
  public record Trace(String actor, String ip, String agent) {
    private static final Trace NONE = new Trace("", "", "");
  }

  /** What is kept of who makes {@code change}: nothing where the project's audit is off. */
  public Trace trace(Change change) {
    if (!audited.test(change.project())) return Trace.NONE;
    var origin = change.origin();
    return new Trace(actor(change.actor()), origin.ip(), origin.userAgent());
  }

  /** Appends the event of {@code change}; {@code tx} must be the transaction that makes it. */
  public void append(Db tx, Change change, Fact fact) {
    append(tx, change, change.event(), fact);
  }

  /** Appends a further event that {@code change} causes beside the declared one. */
  public void append(Db tx, Change change, Event event, Fact fact) {
    var trace = trace(change);
    tx.run(
        INSERT + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        change.project(),
        event.template(),
        event.ids(fact.ids()),
        fact.version(),
        fact.readers().toArray(String[]::new),
        trace.actor(),
        trace.ip(),
        trace.agent(),
        audit(change.endpoint().audit(), fact.ids()),
        fact.payload());
  }

  /** Who made a change, as the log names it: {@code user:5f1}, {@code key:9a}, {@code guest}. */
  public static String actor(Actor actor) {
    return switch (actor) {
      case Actor.User user -> "user:" + user.id();
      case Actor.Admin admin -> "admin:" + admin.id();
      case Actor.Key key -> "key:" + key.id();
      case Actor.Guest guest -> "guest";
      case Actor.Machine machine -> "machine";
    };
  }

  /** The audited resource: the endpoint's template, its {@code {name}}s replaced by ids. */
  public static String audit(String template, Map<String, String> ids) {
    var resource = template;
    for (var id : ids.entrySet()) {
      resource = resource.replace("{" + id.getKey() + "}", id.getValue());
    }
    return resource;
  }
}
