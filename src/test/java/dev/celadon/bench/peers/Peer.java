package dev.celadon.bench.peers;

import java.io.IOException;
import java.nio.file.Path;

/** A backend to be compared with. */
interface Peer {

  /** What it is called on the command line and by the installing script. */
  String word();

  /** What people call it. */
  String name();

  /** The version that is measured. */
  String version();

  /** How it was set up, and what is not comparable: a sentence or some. */
  String note();

  /**
   * Starts it with rows in it.
   *
   * @param home where it is installed
   */
  Served serve(Site site, Path home) throws IOException;
}
