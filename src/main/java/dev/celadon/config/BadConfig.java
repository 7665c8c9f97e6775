package dev.celadon.config;

import java.util.List;

/** The configuration cannot be used; says everything that is wrong with it. */
public final class BadConfig extends RuntimeException {

  private final List<String> faults;

  BadConfig(List<String> faults) {
    super(String.join("\n", faults), null, false, false);
    this.faults = List.copyOf(faults);
  }

  /** One line each, fit for the operator. */
  public List<String> faults() {
    return faults;
  }
}
