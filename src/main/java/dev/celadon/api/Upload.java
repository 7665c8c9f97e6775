package dev.celadon.api;

import java.util.Map;

/**
 * A body that is read while it comes.
 *
 * @param type the media type that the client says it has, in lower case and without parameters;
 *     empty where it says none
 */
public record Upload(String type, Source source) {

  /** The name among the values of a call; no parameter has it. */
  static final String NAME = "";

  /** Puts it among the values of a call. */
  public void among(Map<String, Object> values) {
    values.put(NAME, this);
  }
}
