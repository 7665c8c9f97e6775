-- Teams of all projects and who belongs to them.

CREATE TABLE celadon.teams (
  project text NOT NULL,
  id text NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  updated timestamptz NOT NULL DEFAULT now(),
  name text NOT NULL,
  -- How many confirmed members there are; changed in the transaction that changes the members.
  total int NOT NULL DEFAULT 0,
  prefs json NOT NULL DEFAULT '{}',
  PRIMARY KEY (project, id)
);

CREATE INDEX teams_created ON celadon.teams (project, created, id);

CREATE TABLE celadon.memberships (
  project text NOT NULL,
  id text NOT NULL,
  team text NOT NULL,
  user_id text NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  updated timestamptz NOT NULL DEFAULT now(),
  roles text[] NOT NULL,
  invited timestamptz NOT NULL DEFAULT now(),
  joined timestamptz,
  confirmed boolean NOT NULL DEFAULT false,
  PRIMARY KEY (project, id),
  FOREIGN KEY (project, team) REFERENCES celadon.teams ON DELETE CASCADE,
  FOREIGN KEY (project, user_id) REFERENCES celadon.users ON DELETE CASCADE
);

CREATE UNIQUE INDEX memberships_member ON celadon.memberships (project, team, user_id);
CREATE INDEX memberships_user ON celadon.memberships (project, user_id);
