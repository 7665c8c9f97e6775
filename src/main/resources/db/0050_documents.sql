-- What users define: databases, tables, columns and indexes. The tables themselves stand in one
-- schema per project under generated names: p<number>.t<number>, columns c<number>, indexes
-- i<number>. What a user calls them is only ever data.

CREATE TABLE celadon.schemas (
  project text PRIMARY KEY,
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE
);

CREATE TABLE celadon.databases (
  project text NOT NULL,
  id text COLLATE "C" NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  enabled boolean NOT NULL,
  type text NOT NULL,
  created timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  updated timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (project, id)
);

CREATE TABLE celadon.tables (
  project text NOT NULL,
  database text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  name text NOT NULL,
  enabled boolean NOT NULL,
  secured boolean NOT NULL,
  permissions text[] NOT NULL,
  created timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  updated timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (project, database, id),
  FOREIGN KEY (project, database) REFERENCES celadon.databases
);

-- settings: required, array, size, min, max, default and elements, as far as the kind has them.
CREATE TABLE celadon.columns (
  project text NOT NULL,
  table_number bigint NOT NULL REFERENCES celadon.tables (number) ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  kind text NOT NULL,
  settings text NOT NULL,
  created timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  updated timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (project, table_number, key)
);

-- columns: names in SQL, so that renaming a column changes nothing here.
CREATE TABLE celadon.indexes (
  project text NOT NULL,
  table_number bigint NOT NULL REFERENCES celadon.tables (number) ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  kind text NOT NULL,
  columns text[] NOT NULL,
  orders text[] NOT NULL,
  lengths bigint[] NOT NULL,
  created timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  updated timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (project, table_number, key)
);
CREATE INDEX columns_by_table ON celadon.columns (table_number);
CREATE INDEX indexes_by_table ON celadon.indexes (table_number);

-- A table with all that is needed to read and write its rows, in one row.
CREATE VIEW celadon.shapes AS
SELECT t.project, t.database, t.id, s.number AS schema, t.number, t.name, t.enabled,
  d.enabled AS active, t.secured, t.permissions, t.created, t.updated,
  (SELECT json_agg(json_build_object('number', c.number, 'key', c.key, 'kind', c.kind,
      'settings', c.settings, 'created', c.created, 'updated', c.updated) ORDER BY c.number)::text
    FROM celadon.columns c
    WHERE c.project = t.project AND c.table_number = t.number) AS columns,
  (SELECT json_agg(json_build_object('number', i.number, 'key', i.key, 'kind', i.kind,
      'columns', i.columns, 'orders', i.orders, 'lengths', i.lengths,
      'created', i.created, 'updated', i.updated) ORDER BY i.number)::text
    FROM celadon.indexes i
    WHERE i.project = t.project AND i.table_number = t.number) AS indexes
FROM celadon.tables t
JOIN celadon.databases d ON d.project = t.project AND d.id = t.database
JOIN celadon.schemas s ON s.project = t.project;
