package dev.celadon.domain.documents.relations;

import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Shape;
import java.util.List;

/**
 * A relation that is loaded with rows.
 *
 * @param shown the columns to show of the related rows
 * @param inner what is loaded with those
 */
record Branch(Relation relation, Shape here, Shape there, List<Column> shown, List<Branch> inner) {

  Sides sides() {
    return new Sides(here.table(), there.table(), relation);
  }
}
