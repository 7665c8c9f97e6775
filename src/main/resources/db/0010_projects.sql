-- Projects, the keys to them and the platforms that may call them.

-- What a list holds under *_off is switched off; policies holds only what differs from the defaults.
CREATE TABLE celadon.projects (
  id text PRIMARY KEY,
  team text NOT NULL,
  name text NOT NULL,
  region text NOT NULL DEFAULT 'default',
  active boolean NOT NULL DEFAULT true,
  audit boolean NOT NULL DEFAULT true,
  labels text[] NOT NULL DEFAULT '{}',
  services_off text[] NOT NULL DEFAULT '{}',
  protocols_off text[] NOT NULL DEFAULT '{}',
  auth_off text[] NOT NULL DEFAULT '{}',
  policies jsonb NOT NULL DEFAULT '{}',
  details jsonb NOT NULL DEFAULT '{}',
  accessed timestamptz,
  created timestamptz NOT NULL DEFAULT now(),
  updated timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX projects_by_team ON celadon.projects (team, created, id);

-- The platform's own project: its users administer, its teams own the others.
INSERT INTO celadon.projects (id, team, name) VALUES ('console', '', 'Console');

-- secret is encrypted, see dev.celadon.domain.projects.Vault. Keys of an organization or of an
-- account belong to the project console; owner is the organization or the user.
CREATE TABLE celadon.keys (
  project text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  owner text NOT NULL DEFAULT '',
  name text NOT NULL,
  scopes text[] NOT NULL,
  expires timestamptz,
  secret_hash bytea NOT NULL,
  secret bytea NOT NULL,
  accessed timestamptz,
  sdks text[] NOT NULL DEFAULT '{}',
  created timestamptz NOT NULL DEFAULT now(),
  updated timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (project, id)
);

-- The only index that is not led by the project: a caller shows a secret before it is known whose.
CREATE UNIQUE INDEX keys_by_secret ON celadon.keys (secret_hash);

-- key is what the type identifies an app by: its application, bundle or package.
CREATE TABLE celadon.platforms (
  project text NOT NULL,
  id text NOT NULL,
  type text NOT NULL,
  name text NOT NULL,
  key text NOT NULL DEFAULT '',
  store text NOT NULL DEFAULT '',
  hostname text NOT NULL DEFAULT '',
  created timestamptz NOT NULL DEFAULT now(),
  updated timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (project, id)
);

-- A list of what is off, after some ids were switched on or off.
CREATE FUNCTION celadon.switched(was text[], ids text[], turned_on boolean) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN turned_on
    THEN ARRAY(SELECT unnest(was) EXCEPT SELECT unnest(ids) ORDER BY 1)
    ELSE ARRAY(SELECT unnest(was) UNION SELECT unnest(ids) ORDER BY 1)
  END
$$;

-- Deletes the rows of one project from every system table, also from those made after this
-- function: whatever has a column "project". Passes repeat, so tables may refer to each other.
CREATE FUNCTION celadon.erase_project(gone text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  each regclass;
  refused boolean;
BEGIN
  FOR pass IN 1..8 LOOP
    refused := false;
    FOR each IN
      SELECT c.oid FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'project' AND NOT a.attisdropped
      WHERE c.relnamespace = 'celadon'::regnamespace
        AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      ORDER BY c.relname
    LOOP
      BEGIN
        EXECUTE format('DELETE FROM %s WHERE project = $1', each) USING gone;
      EXCEPTION WHEN foreign_key_violation THEN
        refused := true;
      END;
    END LOOP;
    EXIT WHEN NOT refused;
  END LOOP;
  IF refused THEN
    RAISE EXCEPTION 'tables of project % keep each other from being deleted', gone;
  END IF;
  DELETE FROM celadon.projects WHERE id = gone;
END
$$;
