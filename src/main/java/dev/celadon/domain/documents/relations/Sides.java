package dev.celadon.domain.documents.relations;

import dev.celadon.domain.documents.Table;

/** Two tables and the relation between them, as {@code here} sees it. */
record Sides(Table here, Table there, Relation relation) {

  /** The table, in SQL, whose column keeps the links; not for tables of pairs. */
  Table holder() {
    return relation.kept() == Relation.Kept.HERE ? here : there;
  }

  /** The table, in SQL, of whose rows links name the ids. */
  Table target() {
    return relation.kept() == Relation.Kept.HERE ? there : here;
  }

  /** The table of pairs in SQL. */
  String pairs() {
    return "p" + here.schema() + ".t" + relation.junction();
  }
}
