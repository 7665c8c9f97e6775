package dev.celadon;

/** Starts Celadon: one process, one command. */
public final class App {

  private App() {}

  /**
   * Runs the server until it is told to stop.
   *
   * @param args command-line flags, see {@code --help}
   */
  public static void main(String[] args) {
    System.out.println("celadon " + args.length);
  }
}
