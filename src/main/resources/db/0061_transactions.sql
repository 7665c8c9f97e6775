-- What clients stage to be done together: a transaction and its operations in their order. Until it
-- is committed nothing of it stands anywhere else; it outlives neither its time nor its project.

CREATE TABLE celadon.transactions (
  project text NOT NULL,
  id text COLLATE "C" NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  -- Who made it, as the event log names actors.
  owner text NOT NULL,
  status text NOT NULL,
  operations integer NOT NULL DEFAULT 0,
  characters bigint NOT NULL DEFAULT 0,
  -- What all operations together change: rows, versions and what is done to them, as a digest.
  writes text NOT NULL DEFAULT '',
  -- The rows among those that stood before: database/table/row.
  touched text[] COLLATE "C" NOT NULL DEFAULT '{}',
  created timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  updated timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  expires timestamptz(3) NOT NULL,
  PRIMARY KEY (project, id)
);
CREATE INDEX transactions_by_owner ON celadon.transactions (project, owner, seq);
CREATE INDEX transactions_by_expiry ON celadon.transactions (expires);

-- An operation is a call of an endpoint: its name and its parameters, as JSON that is kept as it
-- came.
CREATE TABLE celadon.operations (
  project text NOT NULL,
  transaction text COLLATE "C" NOT NULL,
  number integer NOT NULL,
  endpoint text NOT NULL,
  parameters text NOT NULL,
  PRIMARY KEY (project, transaction, number),
  FOREIGN KEY (project, transaction) REFERENCES celadon.transactions ON DELETE CASCADE
);
