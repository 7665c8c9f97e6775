package dev.celadon.api;

import java.util.List;

/** A {@link Service} whose table of contents is written out already: once, for all who ask. */
public record Offer(String name, List<Action> actions) implements Service {

  public Offer {
    actions = List.copyOf(actions);
  }

  /** What {@code service} offers, written out now. */
  public static Offer of(Service service) {
    return new Offer(service.name(), service.actions());
  }
}
