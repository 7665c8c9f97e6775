package dev.celadon.domain.documents.relations;

/** The statements of links: columns and tables of pairs. All names are generated. */
final class LinkSql {

  /** What keeps the links of a relation. */
  static String make(Sides sides) {
    var relation = sides.relation();
    if (relation.kept() == Relation.Kept.APART) return pairs(sides);
    var unique = relation.kind() == Relation.Kind.ONE_TO_ONE ? "UNIQUE " : "";
    return """
    ALTER TABLE %1$s ADD COLUMN %2$s text COLLATE "C"
      CONSTRAINT %2$s_link REFERENCES %3$s (_id);
    CREATE %4$sINDEX %2$s ON %1$s (%2$s)\
    """
        .formatted(sides.holder().sql(), relation.link(), sides.target().sql(), unique);
  }

  private static String pairs(Sides sides) {
    var relation = sides.relation();
    var parent = relation.parent() ? sides.here() : sides.there();
    var child = relation.parent() ? sides.there() : sides.here();
    return """
    CREATE TABLE %1$s (
      parent text COLLATE "C" NOT NULL REFERENCES %2$s (_id),
      child text COLLATE "C" NOT NULL REFERENCES %3$s (_id),
      CONSTRAINT t%4$d_pair PRIMARY KEY (parent, child));
    CREATE INDEX t%4$d_child ON %1$s (child)\
    """
        .formatted(sides.pairs(), parent.sql(), child.sql(), relation.junction());
  }

  static String drop(Sides sides) {
    return sides.relation().kept() == Relation.Kept.APART
        ? "DROP TABLE " + sides.pairs()
        : "ALTER TABLE " + sides.holder().sql() + " DROP COLUMN " + sides.relation().link();
  }

  private LinkSql() {}
}
