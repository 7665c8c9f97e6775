-- A free document is kept as the text that it came as, c1: names in their order, numbers in their
-- form. PostgreSQL makes of it what queries and indexes are of, c0.

DROP FUNCTION celadon.joined(text, jsonb);
DROP FUNCTION celadon.documented(jsonb, jsonb, jsonb, text, int);
DROP FUNCTION celadon.placed(jsonb, text[], jsonb);
DROP FUNCTION celadon.roomy(jsonb, int);

-- The fields that every row has, with those of a document behind them.
CREATE FUNCTION celadon.joined(own text, document text) RETURNS json
LANGUAGE sql IMMUTABLE AS $$
  SELECT (left(own, -1) || CASE WHEN document = '{}' THEN '}'
    ELSE ',' || substr(document, 2) END)::json
$$;

-- A document of at most so many bytes.
CREATE FUNCTION celadon.roomy(document text, most int) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  IF octet_length(document) > most THEN
    RAISE EXCEPTION USING ERRCODE = 'CE002',
      MESSAGE = format('a document takes at most %s bytes', most);
  END IF;
  RETURN document;
END
$$;

-- A document with the values of another at its top: what it has stays in its place, the rest
-- follows.
CREATE FUNCTION celadon.merged(document text, more text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce('{' || string_agg(
      to_json(key)::text || ':' || coalesce(m.value, d.value)::text, ',' ORDER BY d.n, m.n) || '}',
    '{}')
  FROM json_each(document::json) WITH ORDINALITY d (key, value, n)
  FULL JOIN json_each(more::json) WITH ORDINALITY m (key, value, n) USING (key)
$$;

-- A list whose elements are written as they are in one of those lists that they are from.
CREATE FUNCTION celadon.listed(list jsonb, sources json[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT '[' || coalesce(
    string_agg(coalesce(k.known, e.value::text), ',' ORDER BY e.n), '') || ']'
  FROM jsonb_array_elements(list) WITH ORDINALITY e (value, n)
  LEFT JOIN (
    SELECT s.value::jsonb::text AS plain, min(s.value::text) AS known
    FROM unnest(sources) l (list), json_array_elements(l.list) s (value)
    GROUP BY 1) k ON k.plain = e.value::text
$$;

-- A document with a value at a path; objects on the way are made where nothing is.
CREATE FUNCTION celadon.placed(document json, path text[], value text, name text) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  step text := path[1];
  made text;
BEGIN
  IF step IS NULL THEN
    RETURN value;
  END IF;
  CASE coalesce(json_typeof(document), 'null')
    WHEN 'null' THEN
      RETURN '{' || to_json(step)::text || ':' || celadon.placed(NULL, path[2:], value, name) || '}';
    WHEN 'object' THEN
      made := to_json(step)::text || ':'
        || celadon.placed(document -> step, path[2:], value, name);
      RETURN (
        SELECT '{' || coalesce(string_agg(
            CASE WHEN e.key = step THEN made ELSE to_json(e.key)::text || ':' || e.value::text END,
            ',' ORDER BY e.n), '')
          || CASE WHEN document -> step IS NOT NULL THEN '' WHEN count(*) = 0 THEN made
            ELSE ',' || made END || '}'
        FROM json_each(document) WITH ORDINALITY e (key, value, n));
    WHEN 'array' THEN
      IF step ~ '^\d{1,6}$' THEN
        made := celadon.placed(document -> step::int, path[2:], value, name);
        RETURN (
          SELECT '[' || coalesce(string_agg(
              CASE WHEN e.n = step::int + 1 THEN made ELSE e.value::text END,
              ',' ORDER BY e.n), '')
            || CASE WHEN count(*) > step::int THEN '' WHEN count(*) = 0 THEN made
              ELSE ',' || made END || ']'
          FROM json_array_elements(document) WITH ORDINALITY e (value, n));
      END IF;
    ELSE
  END CASE;
  RAISE EXCEPTION USING ERRCODE = 'CE002', MESSAGE = format('''%s'' leads nowhere', name);
END
$$;

-- A document with other values at its top, and operators done at paths, one after the other.
CREATE FUNCTION celadon.documented(
  document text, patch text, operations json, now text, most int)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  result text := celadon.merged(document, patch);
  step json;
  path text[];
  name text;
  before json;
  made jsonb;
BEGIN
  FOR step IN SELECT o.v FROM json_array_elements(operations) o (v) LOOP
    path := ARRAY(SELECT json_array_elements_text(step -> 'path'));
    name := array_to_string(path, '.');
    before := result::json #> path;
    made := celadon.operated(
      nullif(before::jsonb, 'null'), step ->> 'method', (step -> 'values')::jsonb, now, name);
    result := celadon.placed(result::json, path,
      CASE jsonb_typeof(made) WHEN 'array' THEN celadon.listed(made, ARRAY[
          CASE json_typeof(before) WHEN 'array' THEN before END, step -> 'values'])
        ELSE made::text END, name);
  END LOOP;
  RETURN celadon.roomy(result, most);
END
$$;

-- Tables that there are get the text, and their indexes anew.
DO $$
DECLARE
  name text;
  indexes text[];
  index text;
BEGIN
  FOR name IN
    SELECT format('p%s.t%s', s.number, t.number)
    FROM celadon.tables t
    JOIN celadon.databases d ON d.project = t.project AND d.id = t.database
    JOIN celadon.schemas s ON s.project = t.project
    WHERE d.type = 'documentsdb'
  LOOP
    indexes := ARRAY(
      SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i
      WHERE i.indrelid = name::regclass AND i.indexprs IS NOT NULL);
    EXECUTE format('ALTER TABLE %s ADD COLUMN c1 text COLLATE "C"', name);
    EXECUTE format('UPDATE %s SET c1 = c0::text', name);
    EXECUTE format('ALTER TABLE %s DROP COLUMN c0', name);
    EXECUTE format(
      'ALTER TABLE %s ADD COLUMN c0 jsonb GENERATED ALWAYS AS (c1::jsonb) STORED', name);
    FOREACH index IN ARRAY indexes LOOP
      EXECUTE index;
    END LOOP;
  END LOOP;
END
$$;
