package dev.celadon.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One validated request, as a handler sees it. Immutable, but for a body that is still coming. */
public record Call(
    Endpoint endpoint, String project, Actor actor, Origin origin, Map<String, Object> values) {

  /** The accepted value, or the parameter's default. Not null for required parameters. */
  @SuppressWarnings({"unchecked", "NullAway"})
  public <T> T get(Param<T> param) {
    var value = values.get(param.name());
    return value == null ? param.fallback() : (T) value;
  }

  /** As {@link #get}, for a parameter that may be absent and has no default. */
  @SuppressWarnings("unchecked")
  public <T> @Nullable T find(Param<T> param) {
    var value = values.get(param.name());
    return value == null ? param.fallback() : (T) value;
  }

  /** The body of a call whose endpoint {@link Endpoint#takes} one as it comes. */
  public Upload upload() {
    if (values.get(Upload.NAME) instanceof Upload upload) return upload;
    throw new IllegalStateException(endpoint.id() + " takes no upload");
  }

  /** Whether the caller named this parameter, be it with {@code null}. */
  public boolean given(Param<?> param) {
    return values.containsKey(param.name());
  }

  /** What the domain needs to publish the change that this call makes. */
  public Change change() {
    return new Change(endpoint, project, actor, origin);
  }
}
