package dev.celadon.api;

/** Which product and which protocol this is. */
public final class Version {

  /** The version of this server. */
  public static final String PRODUCT = "0.1.0";

  /** The newest generation of the wire protocol that is spoken, as errors and health say it. */
  public static final String PROTOCOL = "1.9.5";

  private Version() {}
}
