package dev.celadon.api;

import java.util.List;

/** A set of endpoints that is deployed, enabled and disabled as one. */
public interface Service {

  /** The name in the API and on the bus: {@code tablesDB}. */
  String name();

  /** The table of contents, written out by hand: no scanning, no registry. */
  List<Action> actions();
}
