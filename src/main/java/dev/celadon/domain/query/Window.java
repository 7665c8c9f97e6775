package dev.celadon.domain.query;

/** The box of coordinates outside of which nothing is as near as asked; it may be too large. */
record Window(double left, double bottom, double right, double top) {

  /** A little less than a degree of latitude has anywhere, in metres. */
  private static final double DEGREE_M = 111_000;

  /**
   * What lies around a place.
   *
   * @param far in degrees, or in metres
   */
  static Window around(double x, double y, double far, boolean metres) {
    double up = metres ? far / DEGREE_M : far;
    double side = metres ? sideways(y, up) : far;
    return new Window(x - side, y - up, x + side, y + up).whole(metres);
  }

  /** How many degrees of longitude {@code up} degrees of latitude are, where they are the most. */
  private static double sideways(double y, double up) {
    double nearest = Math.abs(y) + up;
    return nearest >= 89 ? 360 : up / Math.cos(Math.toRadians(nearest));
  }

  /** On a sphere a window that leaves the map on one side comes back on the other. */
  private Window whole(boolean sphere) {
    boolean leaves = sphere && (left < -180 || right > 180);
    return leaves ? new Window(-180, bottom, 180, top) : this;
  }

  /** As PostgreSQL reads a box. */
  String text() {
    return "(" + left + "," + bottom + "),(" + right + "," + top + ")";
  }
}
