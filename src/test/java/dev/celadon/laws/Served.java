package dev.celadon.laws;

import dev.celadon.api.Catalog;
import java.util.List;

/** The catalogue of everything that the server serves, without a server. */
public final class Served {

  private static final Catalog CATALOG = Catalog.of(List.of());

  public static Catalog catalog() {
    return CATALOG;
  }

  private Served() {}
}
