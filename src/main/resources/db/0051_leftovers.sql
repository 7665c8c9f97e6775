-- What nobody can reach any more because its database or project is gone: tables p<schema>.t<number>
-- and schemas (number 0), which are called gone<schema> by then. They are dropped a few at a time,
-- see dev.celadon.domain.documents.Leftovers: all at once would take more locks than there are.
CREATE TABLE celadon.leftovers (
  schema bigint NOT NULL,
  number bigint NOT NULL,
  PRIMARY KEY (schema, number)
);
