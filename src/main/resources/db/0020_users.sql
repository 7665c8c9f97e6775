-- Users of all projects, their sessions and the addresses that messages can reach them at.

CREATE TABLE celadon.users (
  project text NOT NULL,
  id text NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  updated timestamptz NOT NULL DEFAULT now(),
  name text NOT NULL DEFAULT '',
  -- In canonical form, so that a plain unique index compares what people mean.
  email text,
  phone text,
  -- A PHC string; null for who cannot sign in by password.
  password text,
  password_set timestamptz,
  -- Hashes of earlier passwords, the latest first, as many as the project remembers.
  previous text[] NOT NULL DEFAULT '{}',
  active boolean NOT NULL DEFAULT true,
  labels text[] NOT NULL DEFAULT '{}',
  email_verified boolean NOT NULL DEFAULT false,
  phone_verified boolean NOT NULL DEFAULT false,
  mfa boolean NOT NULL DEFAULT false,
  prefs json NOT NULL DEFAULT '{}',
  accessed timestamptz,
  PRIMARY KEY (project, id)
);

CREATE UNIQUE INDEX users_email ON celadon.users (project, email);
CREATE UNIQUE INDEX users_phone ON celadon.users (project, phone);
CREATE INDEX users_created ON celadon.users (project, created, id);

-- A session's secret is a signed token that names the row; the row decides whether it is valid.
CREATE TABLE celadon.sessions (
  project text NOT NULL,
  id text NOT NULL,
  user_id text NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  updated timestamptz NOT NULL DEFAULT now(),
  expires timestamptz NOT NULL,
  provider text NOT NULL,
  provider_uid text NOT NULL,
  ip text NOT NULL,
  agent text NOT NULL,
  factors text[] NOT NULL,
  PRIMARY KEY (project, id),
  FOREIGN KEY (project, user_id) REFERENCES celadon.users ON DELETE CASCADE
);

CREATE INDEX sessions_user ON celadon.sessions (project, user_id, created);

CREATE TABLE celadon.targets (
  project text NOT NULL,
  id text NOT NULL,
  user_id text NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  updated timestamptz NOT NULL DEFAULT now(),
  name text NOT NULL DEFAULT '',
  provider text,
  kind text NOT NULL,
  identifier text NOT NULL,
  expired boolean NOT NULL DEFAULT false,
  PRIMARY KEY (project, id),
  FOREIGN KEY (project, user_id) REFERENCES celadon.users ON DELETE CASCADE
);

CREATE INDEX targets_user ON celadon.targets (project, user_id, created);
CREATE UNIQUE INDEX targets_identifier ON celadon.targets (project, kind, identifier);
