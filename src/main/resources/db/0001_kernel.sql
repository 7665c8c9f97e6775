-- What the installation knows of itself, and the keys that its tokens are signed with.

CREATE TABLE celadon.meta (
  key text PRIMARY KEY,
  value text NOT NULL
);

-- A key signs until it retires and verifies until it expires; null means not decided yet.
CREATE TABLE celadon.signing_keys (
  ring text NOT NULL,
  kid text PRIMARY KEY,
  secret bytea NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  retires timestamptz,
  expires timestamptz
);

CREATE INDEX signing_keys_ring ON celadon.signing_keys (ring, created DESC);
