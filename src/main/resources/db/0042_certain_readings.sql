-- As in 0040, with two differences. What a reading costs must not depend on how long the log is:
-- a plan made while a day's partition was still empty joined its second probe by a scan of all that
-- the project had, so both are now plain conditions on (project, xid). And the epoch is asked for
-- once for a reading, not once for each event.

-- The next events of some projects in the order of ids: those that the snapshot "seen" did not see
-- and, when "done" is given, that "done" sees and whose ids are above "upto". Always at least one
-- row, which carries the snapshot of this reading; its id is null where there is no event.
-- "allowed" are the readers of the newest event of the same resource; "container" is what the table
-- or bucket around it has become since, '{}' where it is gone. The settings make the plan certain:
-- how much is new is nothing that statistics can know.
CREATE OR REPLACE FUNCTION celadon.events_after(
  projects text[], seen pg_snapshot, done pg_snapshot, upto bigint, most int, bytes bigint)
RETURNS TABLE (
  snapshot text, epoch text, horizon text, more boolean, project text, id bigint, xid text,
  "time" timestamptz, event text, ids text[], version bigint, readers text[], allowed text[],
  container text, actor text, payload text)
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
  )
  SELECT now.snapshot, now.epoch, now.horizon,
    coalesce(count(b.id) OVER () < max(b.left) OVER (), false),
    b.project, b.id, b.xid::text, b.time, b.event, b.ids, e.version, b.readers, b.allowed,
    CASE WHEN ce.event LIKE '%.delete' THEN '{}' ELSE ce.payload::text END,
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
  ORDER BY b.id;
END
$$;
