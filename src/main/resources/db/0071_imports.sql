-- Files of rows on their way into a table. What has come is kept here, checked but not stored in the
-- table; then all of it is stored at once. Until then no row of it can be seen.

CREATE TABLE celadon.imports (
  project text NOT NULL,
  id text COLLATE "C" NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  database text NOT NULL,
  "table" text NOT NULL,
  -- The table's number: another table under the same id is another table.
  number bigint NOT NULL,
  -- Who began it, as the event log names actors.
  owner text NOT NULL,
  -- How the file is to be read, as JSON.
  settings text NOT NULL,
  -- The columns that the file's header names; null before it has come.
  header text[],
  status text NOT NULL DEFAULT 'OPEN',
  -- How much has come, up to the end of a record: bytes of the file, lines, records that are good.
  bytes bigint NOT NULL DEFAULT 0,
  lines bigint NOT NULL DEFAULT 0,
  good bigint NOT NULL DEFAULT 0,
  -- How many records are not, and the first of them as a list in JSON: line, column, reason.
  bad bigint NOT NULL DEFAULT 0,
  errors text NOT NULL DEFAULT '[]',
  created timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  updated timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  expires timestamptz(3) NOT NULL,
  PRIMARY KEY (project, id)
);
CREATE INDEX imports_by_owner ON celadon.imports (project, owner, seq);
CREATE INDEX imports_by_expiry ON celadon.imports (expires);

-- Good records as they stand in the file, some together; at is where in the file they begin.
CREATE TABLE celadon.import_records (
  project text NOT NULL,
  import text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  lines bigint[] NOT NULL,
  records text[] NOT NULL,
  PRIMARY KEY (project, import, at),
  FOREIGN KEY (project, import) REFERENCES celadon.imports ON DELETE CASCADE
);
