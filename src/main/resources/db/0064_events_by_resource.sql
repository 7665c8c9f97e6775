-- What happened to one row, table or database: their logs and figures. The ids of a change of a row
-- are those of its database, its table and itself.
CREATE INDEX events_by_resource ON celadon.events (project, (ids[1]), (ids[2]), (ids[3]), id)
  WHERE event LIKE 'databases.%';
