-- What becomes of an index that is made outside of the transaction that asked for it, because its
-- table is large: processing, then available, or failed for a reason.
ALTER TABLE celadon.indexes ADD COLUMN status text NOT NULL DEFAULT 'available';
ALTER TABLE celadon.indexes ADD COLUMN error text NOT NULL DEFAULT '';
CREATE INDEX indexes_processing ON celadon.indexes (number) WHERE status = 'processing';

-- As before, with what has become of indexes.
CREATE OR REPLACE VIEW celadon.shapes AS
SELECT t.project, t.database, t.id, s.number AS schema, t.number, t.name, t.enabled,
  d.enabled AS active, t.secured, t.permissions, t.created, t.updated,
  (SELECT json_agg(json_build_object('number', c.number, 'key', c.key, 'kind', c.kind,
      'settings', c.settings, 'created', c.created, 'updated', c.updated) ORDER BY c.number)::text
    FROM celadon.columns c
    WHERE c.project = t.project AND c.table_number = t.number AND c.relation IS NULL) AS columns,
  (SELECT json_agg(json_build_object('number', i.number, 'key', i.key, 'kind', i.kind,
      'columns', i.columns, 'orders', i.orders, 'lengths', i.lengths,
      'status', i.status, 'error', i.error,
      'created', i.created, 'updated', i.updated) ORDER BY i.number)::text
    FROM celadon.indexes i
    WHERE i.project = t.project AND i.table_number = t.number) AS indexes,
  (SELECT json_agg(json_build_object('number', r.number, 'kind', r.kind, 'twoWay', r.two_way,
      'onDelete', r.on_delete, 'side', r.side, 'key', r.key, 'otherKey', r.other_key,
      'other', o.id, 'otherNumber', o.number, 'junction', r.junction,
      'created', c.created, 'updated', c.updated) ORDER BY r.number, r.side DESC)::text
    FROM celadon.sides r
    JOIN celadon.tables o ON o.number = r.other
    LEFT JOIN celadon.columns c
      ON c.project = t.project AND c.table_number = t.number AND c.key = r.key
      AND c.relation = r.number
    WHERE r.own = t.number) AS relations
FROM celadon.tables t
JOIN celadon.databases d ON d.project = t.project AND d.id = t.database
JOIN celadon.schemas s ON s.project = t.project;

-- Points, lines and polygons are stored as the lists of coordinates that they came as. These make
-- PostgreSQL's own types of them; indexes are of these expressions.
CREATE FUNCTION celadon.point_of(place jsonb) RETURNS point
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT point((place -> 0)::float8, (place -> 1)::float8)
$$;

-- A ring, the last of whose points is the first.
CREATE FUNCTION celadon.ring_of(ring jsonb) RETURNS polygon
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ('(' || string_agg('(' || (p ->> 0) || ',' || (p ->> 1) || ')', ',' ORDER BY n) || ')')
    ::polygon
  FROM jsonb_array_elements(ring) WITH ORDINALITY AS x (p, n)
  WHERE n < jsonb_array_length(ring)
$$;

-- Whether a point lies in none of the holes of a polygon; on the rim of one is not in it.
CREATE FUNCTION celadon.outside_holes(shape jsonb, place point) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(bool_and(
    NOT celadon.ring_of(hole) @> place OR path(celadon.ring_of(hole)) <-> place = 0), TRUE)
  FROM jsonb_array_elements(shape) WITH ORDINALITY AS x (hole, n) WHERE n > 1
$$;

-- Metres between two places given as longitude and latitude, on a sphere of the Earth's mean radius.
CREATE FUNCTION celadon.metres(a point, b point) RETURNS float8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT 2 * 6371008.7714 * asin(least(1, sqrt(
    sin(radians(b[1] - a[1]) / 2) ^ 2
    + cos(radians(a[1])) * cos(radians(b[1])) * sin(radians(b[0] - a[0]) / 2) ^ 2)))
$$;
