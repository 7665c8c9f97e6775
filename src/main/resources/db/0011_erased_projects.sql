-- Projects erased a moment ago: whoever was let in just before may still be writing, so what they
-- leave is swept up after a minute, see dev.celadon.domain.projects.Projects.
CREATE TABLE celadon.erased_projects (
  id text PRIMARY KEY,
  time timestamptz NOT NULL DEFAULT now()
);
