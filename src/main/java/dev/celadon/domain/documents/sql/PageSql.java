package dev.celadon.domain.documents.sql;

import dev.celadon.domain.query.Criteria;
import dev.celadon.domain.query.Sql;

/** A page whose rows lie in two ranges of an index; the second is read only where it is needed. */
final class PageSql {

  private final String select;
  private final Sql matching;

  /**
   * @param select what is read of each row, up to FROM
   * @param matching FROM and WHERE of all rows that match
   */
  PageSql(String select, Sql matching) {
    this.select = select;
    this.matching = matching;
  }

  /** One part goes on where the other ends: PostgreSQL appends them as they are written. */
  Sql of(Criteria criteria, Sql first, Sql second) {
    long rows = criteria.limit() + criteria.offset();
    var sql = Sql.of("WITH begun AS MATERIALIZED (");
    part(sql, criteria, first, rows);
    sql.add(") SELECT * FROM begun UNION ALL (");
    part(
        sql,
        criteria,
        Sql.of("(SELECT count(*) FROM begun) < " + rows + " AND ").add(second),
        rows);
    sql.add(") LIMIT " + criteria.limit());
    if (criteria.offset() > 0) sql.add(" OFFSET ").arg(criteria.offset(), "bigint");
    return sql;
  }

  private void part(Sql sql, Criteria criteria, Sql condition, long rows) {
    sql.add(select).add(matching).add(" AND ").add(condition);
    criteria.order(sql);
    sql.add(" LIMIT " + rows);
  }
}
