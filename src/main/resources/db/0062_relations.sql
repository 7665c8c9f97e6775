-- Relationships between the tables of one database. A relation is told by two tables, its parent
-- and its child; each may show a column for it. Where it is kept: in a column r<number> of the
-- parent (oneToOne, manyToOne) or of the child (oneToMany), or in a table of pairs t<junction>,
-- whose number is from the sequence of tables (manyToMany). Every link is a foreign key.
CREATE TABLE celadon.relations (
  project text NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  kind text NOT NULL,
  two_way boolean NOT NULL,
  on_delete text NOT NULL,
  parent bigint NOT NULL REFERENCES celadon.tables (number) ON DELETE CASCADE,
  parent_key text COLLATE "C" NOT NULL,
  child bigint NOT NULL REFERENCES celadon.tables (number) ON DELETE CASCADE,
  child_key text COLLATE "C" NOT NULL,
  junction bigint,
  PRIMARY KEY (project, number)
);
CREATE INDEX relations_by_parent ON celadon.relations (parent);
CREATE INDEX relations_by_child ON celadon.relations (child);

-- The column that shows a relation goes with it.
ALTER TABLE celadon.columns
  ADD COLUMN relation bigint REFERENCES celadon.relations (number) ON DELETE CASCADE;
CREATE INDEX columns_by_relation ON celadon.columns (relation) WHERE relation IS NOT NULL;

-- Each relation as either of its tables sees it: own is that table, other the one it leads to.
CREATE VIEW celadon.sides AS
SELECT project, number, kind, two_way, on_delete, junction, 'parent' AS side,
  parent AS own, parent_key AS key, child AS other, child_key AS other_key
FROM celadon.relations
UNION ALL
SELECT project, number, kind, two_way, on_delete, junction, 'child',
  child, child_key, parent, parent_key
FROM celadon.relations;

-- As before, without the columns that show relations, and with the relations.
CREATE OR REPLACE VIEW celadon.shapes AS
SELECT t.project, t.database, t.id, s.number AS schema, t.number, t.name, t.enabled,
  d.enabled AS active, t.secured, t.permissions, t.created, t.updated,
  (SELECT json_agg(json_build_object('number', c.number, 'key', c.key, 'kind', c.kind,
      'settings', c.settings, 'created', c.created, 'updated', c.updated) ORDER BY c.number)::text
    FROM celadon.columns c
    WHERE c.project = t.project AND c.table_number = t.number AND c.relation IS NULL) AS columns,
  (SELECT json_agg(json_build_object('number', i.number, 'key', i.key, 'kind', i.kind,
      'columns', i.columns, 'orders', i.orders, 'lengths', i.lengths,
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
