package dev.celadon.domain.query;

/** One step of an order. A row without a value counts as greater than every value. */
record Order(Attribute by, boolean descending) {

  Order reversed() {
    return new Order(by, !descending);
  }

  String sql() {
    var direction = descending ? " DESC" : " ASC";
    var whole = by.column() + direction;
    return by.beginning() == 0 ? whole : Beginning.of(by) + direction + ", " + whole;
  }
}
