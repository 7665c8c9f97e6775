-- A table can be given another id. named: since when it has the one that it has; what an older event
-- under that id holds is not of this table.
ALTER TABLE celadon.tables ADD COLUMN named timestamptz NOT NULL DEFAULT clock_timestamp();
UPDATE celadon.tables SET named = created;

DROP INDEX celadon.columns_guarded;
CREATE INDEX columns_guarded ON celadon.columns (project, table_number) WHERE permissions <> '{}';

-- As in 0069; but where a table in a project with permissions of columns is not known any more by
-- the id that an event names, there is none of its columns either, so nothing of the row is shown
-- to who is held to permissions. A project without any costs a reading one probe of an index.
CREATE OR REPLACE FUNCTION celadon.events_after(
  projects text[], seen pg_snapshot, done pg_snapshot, upto bigint, most int, bytes bigint)
RETURNS TABLE (
  snapshot text, epoch text, horizon text, more boolean, project text, id bigint, xid text,
  "time" timestamptz, event text, ids text[], version bigint, readers text[], allowed text[],
  container text, columns text, actor text, payload text)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET jit = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH now AS MATERIALIZED (
    SELECT pg_current_snapshot()::text AS snapshot, celadon.epoch() AS epoch,
      (SELECT m.value FROM celadon.meta m WHERE m.key = 'events.horizon') AS horizon
  ), unseen AS MATERIALIZED (
    SELECT e.project, e.id, e.xid, e.time, e.event, e.ids, e.readers,
      pg_column_size(e.payload) AS size
    FROM celadon.events e
    WHERE e.project = ANY (projects) AND e.xid >= pg_snapshot_xmax(seen)
    UNION ALL
    SELECT e.project, e.id, e.xid, e.time, e.event, e.ids, e.readers,
      pg_column_size(e.payload)
    FROM celadon.events e
    WHERE e.project = ANY (projects) AND e.xid = ANY (ARRAY(SELECT pg_snapshot_xip(seen)))
  ), judged AS (
    SELECT u.*, last_value(u.readers) OVER (
      PARTITION BY u.project, celadon.event_kind(u.event), u.ids ORDER BY u.id
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS allowed
    FROM unseen u
  ), next AS (
    SELECT j.*, row_number() OVER w AS place, sum(j.size) OVER w AS total, count(*) OVER () AS left
    FROM judged j
    WHERE done IS NULL OR (j.id > upto AND pg_visible_in_snapshot(j.xid, done))
    WINDOW w AS (ORDER BY j.id)
  ), batch AS (
    SELECT * FROM next n WHERE n.place <= most AND (n.place = 1 OR n.total <= bytes)
  ), changed AS (
    SELECT DISTINCT ON (u.project, u.ids) u.project, u.ids, u.id, u.time
    FROM unseen u
    WHERE u.event ~ '^(\w+\.\[\w+\]\.(tables|collections)|buckets)\.\[\w+\]\.(update|delete)$'
    ORDER BY u.project, u.ids, u.id DESC
  ), guarded AS MATERIALIZED (
    SELECT d.project, d.database, d.id, t.number, t.named,
      EXISTS (
        SELECT FROM celadon.columns c
        WHERE c.project = d.project AND c.table_number = t.number AND c.permissions <> '{}'
      ) AS guarded
    FROM (
      SELECT DISTINCT b.project, b.ids[1] AS database, b.ids[2] AS id
      FROM batch b
      WHERE b.event ~ '\.(rows|documents)\.\['
        AND b.project = ANY (ARRAY(
          SELECT p FROM unnest(projects) p
          WHERE EXISTS (
            SELECT FROM celadon.columns c WHERE c.project = p AND c.permissions <> '{}')))) d
      LEFT JOIN celadon.tables t
        ON t.project = d.project AND t.database = d.database AND t.id = d.id
  )
  SELECT now.snapshot, now.epoch, now.horizon,
    coalesce(count(b.id) OVER () < max(b.left) OVER (), false),
    b.project, b.id, b.xid::text, b.time, b.event, b.ids, e.version, b.readers, b.allowed,
    CASE WHEN ce.event LIKE '%.delete' THEN '{}' ELSE ce.payload::text END,
    CASE WHEN g.id IS NULL OR g.named <= b.time AND NOT g.guarded THEN NULL
      ELSE coalesce((
        SELECT json_object_agg(c.key, c.permissions)::text FROM celadon.columns c
        WHERE c.table_number = g.number AND c.relation IS NULL
          AND c.named <= b.time AND g.named <= b.time), '{}') END,
    e.actor, e.payload::text
  FROM now
    LEFT JOIN (
      batch b JOIN celadon.events e
        ON e.project = b.project AND e.id = b.id AND e.time = b.time) ON true
    LEFT JOIN (
      changed c JOIN celadon.events ce
        ON ce.project = c.project AND ce.id = c.id AND ce.time = c.time)
      ON c.project = b.project AND c.id > b.id AND b.event ~ '\.(rows|documents|files)\.\['
        AND c.ids = trim_array(b.ids, 1)
    LEFT JOIN guarded g
      ON g.project = b.project AND g.database = b.ids[1] AND g.id = b.ids[2]
        AND b.event ~ '\.(rows|documents)\.\['
  ORDER BY b.id;
END
$$;
