package dev.celadon.domain.documents.transfer;

import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Shape;
import dev.celadon.domain.documents.sealing.Seals;

/**
 * In what a record is kept: sealed where the table has columns that are.
 *
 * @param place where it is kept; it opens nowhere else
 */
record Vessel(Seals seals, boolean sealing, String place) {

  private static final char PLAIN = 'p';
  private static final char SEALED = 's';

  static Vessel of(Seals seals, Shape shape, String id) {
    var table = shape.table();
    boolean sealing = table.columns().stream().anyMatch(Column::encrypted);
    return new Vessel(seals, sealing, table.place().project() + "/" + id);
  }

  String fill(String record) {
    return sealing ? SEALED + seals.seal(place, record) : PLAIN + record;
  }

  String empty(String kept) {
    var record = kept.substring(1);
    return kept.charAt(0) == SEALED ? seals.open(place, record) : record;
  }
}
