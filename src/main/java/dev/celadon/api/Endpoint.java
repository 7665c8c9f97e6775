package dev.celadon.api;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is true of one operation except how it is done. Routing, validation, scopes, rate
 * limits, audit, events, OpenAPI, GraphQL and the docs are all read from this value.
 *
 * @param aliases further paths under which the same is served, with the same path parameters
 * @param scopes any one of these suffices; {@link Scope#PUBLIC} admits everybody
 * @param audit the resource that the audit names, such as {@code team/{teamId}}; or empty
 * @param eventModel how the changed entity is rendered into its event
 * @param takes the media types of a body that the handler reads while it comes, see {@link
 *     Call#upload}; none where the body, if there is one, is an object of parameters
 * @param extension whether this is ours, beyond the protocol
 */
public record Endpoint(
    HttpMethod method,
    String path,
    List<String> aliases,
    String service,
    String name,
    String title,
    String doc,
    List<Param<?>> params,
    Set<Scope> scopes,
    List<RateLimit> limits,
    String audit,
    @Nullable Event event,
    Model<?> eventModel,
    int status,
    Model<?> model,
    List<String> takes,
    boolean extension) {

  public static Builder get(String path) {
    return new Builder(HttpMethod.GET, path);
  }

  public static Builder post(String path) {
    return new Builder(HttpMethod.POST, path);
  }

  public static Builder put(String path) {
    return new Builder(HttpMethod.PUT, path);
  }

  public static Builder patch(String path) {
    return new Builder(HttpMethod.PATCH, path);
  }

  public static Builder delete(String path) {
    return new Builder(HttpMethod.DELETE, path);
  }

  /** {@code tablesDB.createRow}: the SDK method, the GraphQL field and the action on the bus. */
  public String id() {
    return service + "." + name;
  }

  /** Whether a call may change something; such a call is followed by a wake-up of the log. */
  public boolean changes() {
    return event != null;
  }

  /** Whether its body or its answer takes its time, because the other side may be slow. */
  public boolean streams() {
    return !takes.isEmpty() || model.kind() == Model.Kind.STREAM;
  }

  /** The same, with another event: what a change of one thing does to another. */
  public Endpoint emitting(Event other) {
    return with(other, extension);
  }

  /** The same, marked as one that the protocol does not know. */
  public Endpoint beyond() {
    return with(event, true);
  }

  private Endpoint with(@Nullable Event event, boolean extension) {
    return new Endpoint(
        method,
        path,
        aliases,
        service,
        name,
        title,
        doc,
        params,
        scopes,
        limits,
        audit,
        event,
        eventModel,
        status,
        model,
        takes,
        extension);
  }

  /** Collects a declaration; {@link #returns} or {@link #composes} ends it. */
  public static final class Builder {
    private final HttpMethod method;
    private final String path;
    private List<String> aliases = List.of();
    private String service = "";
    private String name = "";
    private String title = "";
    private String doc = "";
    private List<Param<?>> params = List.of();
    private Set<Scope> scopes = Set.of();
    private List<RateLimit> limits = List.of();
    private String audit = "";
    private @Nullable Event event;
    private @Nullable Model<?> eventModel;
    private List<String> takes = List.of();
    private boolean extension;

    private Builder(HttpMethod method, String path) {
      this.method = method;
      this.path = path;
    }

    /** The service's wire name and the SDK method's: {@code named("teams", "create")}. */
    public Builder named(String service, String name) {
      this.service = service;
      this.name = name;
      return this;
    }

    public Builder doc(String title, String doc) {
      this.title = title;
      this.doc = doc;
      return this;
    }

    public Builder alias(String... paths) {
      this.aliases = List.of(paths);
      return this;
    }

    public Builder params(Param<?>... params) {
      this.params = List.of(params);
      return this;
    }

    public Builder params(List<Param<?>> params) {
      this.params = List.copyOf(params);
      return this;
    }

    public Builder scopes(Scope... scopes) {
      this.scopes = Set.of(scopes);
      return this;
    }

    public Builder limits(RateLimit... limits) {
      this.limits = List.of(limits);
      return this;
    }

    public Builder audits(String resource) {
      this.audit = resource;
      return this;
    }

    /** The event of a change; its payload is rendered by the model of the response. */
    public Builder emits(String template) {
      this.event = Event.of(template);
      return this;
    }

    /** The event of a change whose response does not show the changed entity. */
    public Builder emits(String template, Model<?> payload) {
      this.event = Event.of(template);
      this.eventModel = payload;
      return this;
    }

    /** The media types of a body that the handler reads while it comes. */
    public Builder takes(String... types) {
      this.takes = List.of(types);
      return this;
    }

    /** Marks an endpoint that the protocol does not know. */
    public Builder ours() {
      this.extension = true;
      return this;
    }

    /** Ends the declaration with a handler that waits. */
    public <T> Action returns(int status, Model<T> model, Handler<? extends T> handler) {
      return new Action(build(status, model), handler);
    }

    /** Ends the declaration with a handler that composes futures: for measured hot paths. */
    public <T> Action composes(int status, Model<T> model, AsyncHandler<? extends T> handler) {
      return new Action(build(status, model), handler);
    }

    private Endpoint build(int status, Model<?> model) {
      return new Endpoint(
          method,
          path,
          aliases,
          service,
          name,
          title,
          doc,
          params,
          scopes,
          limits,
          audit,
          event,
          eventModel == null ? model : eventModel,
          status,
          model,
          takes,
          extension);
    }
  }
}
