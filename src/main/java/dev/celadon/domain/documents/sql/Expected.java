package dev.celadon.domain.documents.sql;

import dev.celadon.domain.query.Sql;
import java.util.List;

/**
 * Which versions of a row somebody is willing to change.
 *
 * @param versions any of these; none means whichever there is
 */
public record Expected(List<Version> versions) {

  /** Whatever version there is. */
  public static final Expected ANY = new Expected(List.of());

  /**
   * A version of a row.
   *
   * @param sequence tells the row from later ones with its id; 0 for whichever has the id
   * @param number counts its changes, from 1
   */
  public record Version(long sequence, long number) {}

  /** A condition on a row, safe to stand beside AND. */
  public Sql condition() {
    if (versions.isEmpty()) return Sql.of("TRUE");
    var sql = Sql.of("(");
    for (int i = 0; i < versions.size(); i++) {
      var version = versions.get(i);
      sql.add(i == 0 ? "(t._version = " : " OR (t._version = ").arg(version.number, "bigint");
      if (version.sequence > 0) sql.add(" AND t._seq = ").arg(version.sequence, "bigint");
      sql.add(")");
    }
    return sql.add(")");
  }
}
