-- What one user, admin or key did, the latest first: the logs of an account, and the audit by
-- actor. Without guests, machines and whatever left no trace, of whom nobody asks.
CREATE INDEX events_by_actor ON celadon.events (project, split_part(actor, ':', 2), id)
  WHERE split_part(actor, ':', 2) <> '';
