-- Permissions of columns, as those of tables are written; none where table and row decide. named:
-- since when the column has its key. What an older event has under that key is not of this column.
ALTER TABLE celadon.columns
  ADD COLUMN permissions text[] NOT NULL DEFAULT '{}',
  ADD COLUMN named timestamptz NOT NULL DEFAULT clock_timestamp();
UPDATE celadon.columns SET named = created;
CREATE INDEX columns_guarded ON celadon.columns (table_number) WHERE permissions <> '{}';

-- As before, with permissions of columns.
CREATE OR REPLACE VIEW celadon.shapes AS
SELECT t.project, t.database, t.id, s.number AS schema, t.number, t.name, t.enabled,
  d.enabled AS active, t.secured, t.permissions, t.created, t.updated,
  (SELECT json_agg(json_build_object('number', c.number, 'key', c.key, 'kind', c.kind,
      'settings', c.settings, 'permissions', c.permissions,
      'created', c.created, 'updated', c.updated) ORDER BY c.number)::text
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
      'permissions', coalesce(c.permissions, '{}'),
      'created', c.created, 'updated', c.updated) ORDER BY r.number, r.side DESC)::text
    FROM celadon.sides r
    JOIN celadon.tables o ON o.number = r.other
    LEFT JOIN celadon.columns c
      ON c.project = t.project AND c.table_number = t.number AND c.key = r.key
      AND c.relation = r.number
    WHERE r.own = t.number) AS relations,
  d.type = 'documentsdb' AS free
FROM celadon.tables t
JOIN celadon.databases d ON d.project = t.project AND d.id = t.database
JOIN celadon.schemas s ON s.project = t.project;
