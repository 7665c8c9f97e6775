package dev.celadon.domain.documents.relations;

import dev.celadon.api.Change;
import dev.celadon.api.Event;
import java.util.Locale;

/** What happens to a related row; its event says so, whatever the call was for. */
enum Verb {
  CREATE,
  UPDATE,
  DELETE;

  /** {@code change}, a change of a row, as it is to a related one. */
  Change of(Change change) {
    var template = change.event().template();
    var verb = name().toLowerCase(Locale.ROOT);
    var event = Event.of(template.substring(0, template.lastIndexOf('.') + 1) + verb);
    var endpoint = change.endpoint().emitting(event);
    return new Change(endpoint, change.project(), change.actor(), change.origin());
  }
}
