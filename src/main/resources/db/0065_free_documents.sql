-- Databases of the type documentsdb hold free documents: their tables have one column of the users',
-- c0, which holds a whole document. The view is as before with this added.
CREATE OR REPLACE VIEW celadon.shapes AS
SELECT t.project, t.database, t.id, s.number AS schema, t.number, t.name, t.enabled,
  d.enabled AS active, t.secured, t.permissions, t.created, t.updated,
  (SELECT json_agg(json_build_object('number', c.number, 'key', c.key, 'kind', c.kind,
      'settings', c.settings, 'created', c.created, 'updated', c.updated) ORDER BY c.number)::text
    FROM celadon.columns c
    WHERE c.project = t.project AND c.table_number = t.number AND c.relation IS NULL) AS columns,
  (SELECT json_agg(json_build_object('number', i.number, 'key', i.key, 'kind', i.kind,
      'columns', i.columns, 'orders', i.orders, 'lengths', i.lengths,
      'status', i.status, 'error', i.error,
      'created', i.created, 'updated', i.updated) ORDER BY i.number)::text
    FROM celadon.indexes i
    WHERE i.project = t.project AND i.table_number = t.number) AS indexes,
  (SELECT json_agg(json_build_object('number', r.number, 'kind', r.kind, 'twoWay', r.two_way,
      'onDelete', r.on_delete, 'side', r.side, 'key', r.key, 'otherKey', r.other_key,
      'other', o.id, 'otherNumber', o.number, 'junction', r.junction,
      'created', c.created, 'updated', c.updated) ORDER BY r.number, r.side DESC)::text
    FROM celadon.sides r
    JOIN celadon.tables o ON o.number = r.other
    LEFT JOIN celadon.columns c
      ON c.project = t.project AND c.table_number = t.number AND c.key = r.key
      AND c.relation = r.number
    WHERE r.own = t.number) AS relations,
  d.type = 'documentsdb' AS free
FROM celadon.tables t
JOIN celadon.databases d ON d.project = t.project AND d.id = t.database
JOIN celadon.schemas s ON s.project = t.project;

-- The fields that every row has, with those of a document behind them.
CREATE FUNCTION celadon.joined(own text, document jsonb) RETURNS json
LANGUAGE sql IMMUTABLE AS $$
  SELECT (left(own, -1) || CASE WHEN document = '{}' THEN '}'
    ELSE ',' || substr(document::text, 2) END)::json
$$;

-- A document of at most so many bytes.
CREATE FUNCTION celadon.roomy(document jsonb, most int) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  IF pg_column_size(document) > most THEN
    RAISE EXCEPTION USING ERRCODE = 'CE002',
      MESSAGE = format('a document takes at most %s bytes', most);
  END IF;
  RETURN document;
END
$$;

-- What an operator makes of one value of a document; null where nothing is there.
CREATE FUNCTION celadon.operated(
  value jsonb, method text, operands jsonb, now text, name text)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  kind text := coalesce(jsonb_typeof(value), 'null');
  wanted text := CASE
    WHEN method IN ('increment', 'decrement', 'multiply', 'divide', 'modulo', 'power')
      THEN 'number'
    WHEN method = 'toggle' THEN 'boolean'
    WHEN method LIKE 'date%' THEN 'string'
    WHEN method LIKE 'string%' AND (kind <> 'array' OR method = 'stringReplace') THEN 'string'
    ELSE 'array' END;
  number numeric;
  operand numeric;
  list jsonb;
BEGIN
  IF kind NOT IN (wanted, 'null') AND method <> 'dateSetNow' THEN
    RAISE EXCEPTION USING ERRCODE = 'CE002',
      MESSAGE = format('the operator ''%s'' does not fit what ''%s'' holds', method, name);
  END IF;
  CASE wanted
    WHEN 'number' THEN
      number := coalesce(value, '0')::numeric;
      operand := coalesce((operands ->> 0)::numeric, 1);
      IF method = 'power' AND abs(number) > 1 AND operand * ln(abs(number)) > 710 THEN
        RAISE EXCEPTION USING ERRCODE = 'CE001', MESSAGE = name;
      END IF;
      number := trim_scale(CASE method
        WHEN 'increment' THEN number + operand
        WHEN 'decrement' THEN number - operand
        WHEN 'multiply' THEN number * operand
        WHEN 'divide' THEN number / operand
        WHEN 'modulo' THEN mod(number, operand)
        ELSE power(number, operand) END);
      IF abs(number) > 1.7e308
        OR method IN ('increment', 'multiply', 'power') AND number > (operands ->> 1)::numeric
        OR method IN ('decrement', 'divide') AND number < (operands ->> 1)::numeric
      THEN
        RAISE EXCEPTION USING ERRCODE = 'CE001', MESSAGE = name;
      END IF;
      RETURN to_jsonb(number);
    WHEN 'boolean' THEN
      RETURN to_jsonb(NOT coalesce(value, 'false')::boolean);
    WHEN 'string' THEN
      RETURN CASE method
        WHEN 'dateSetNow' THEN to_jsonb(now)
        WHEN 'dateAddDays' THEN
          to_jsonb(celadon.dated(value #>> '{}', (operands ->> 0)::bigint, 100, name))
        WHEN 'dateSubDays' THEN
          to_jsonb(celadon.dated(value #>> '{}', -(operands ->> 0)::bigint, 100, name))
        WHEN 'stringConcat' THEN
          to_jsonb(celadon.sized(coalesce(value #>> '{}', '') || (operands ->> 0), 1048576, name))
        ELSE to_jsonb(celadon.replaced(
          coalesce(value #>> '{}', ''), operands ->> 0, operands ->> 1, 1048576, name)) END;
    ELSE
      list := coalesce(value, '[]');
  END CASE;
  list := CASE method
    WHEN 'arrayAppend' THEN list || operands
    WHEN 'stringConcat' THEN list || operands
    WHEN 'arrayPrepend' THEN operands || list
    WHEN 'arrayInsert' THEN CASE
      WHEN (operands ->> 0)::int = jsonb_array_length(list) THEN list || (operands - 0)
      WHEN (operands ->> 0)::int < jsonb_array_length(list)
        THEN jsonb_insert(list, ARRAY[operands ->> 0], operands -> 1) END
    WHEN 'arrayUnique' THEN (
      SELECT coalesce(jsonb_agg(u.v ORDER BY u.n), '[]') FROM (
        SELECT e.v, min(e.n) AS n FROM jsonb_array_elements(list) WITH ORDINALITY e (v, n)
        GROUP BY e.v) u)
    ELSE (
      SELECT coalesce(jsonb_agg(e.v ORDER BY e.n), '[]')
      FROM jsonb_array_elements(list) WITH ORDINALITY e (v, n)
      WHERE CASE method
        WHEN 'arrayRemove' THEN e.v <> operands -> 0
        WHEN 'arrayIntersect' THEN
          EXISTS (SELECT 1 FROM jsonb_array_elements(operands) o (v) WHERE o.v = e.v)
        WHEN 'arrayDiff' THEN
          NOT EXISTS (SELECT 1 FROM jsonb_array_elements(operands) o (v) WHERE o.v = e.v)
        ELSE celadon.kept(e.v, operands ->> 0, operands -> 1) END)
  END;
  IF list IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'CE002',
      MESSAGE = format('the list in ''%s'' has no place %s', name, operands ->> 0);
  END IF;
  RETURN list;
END
$$;

-- Whether an element stays in a list that is filtered.
CREATE FUNCTION celadon.kept(element jsonb, condition text, value jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE condition
    WHEN 'isNull' THEN element = 'null'
    WHEN 'isNotNull' THEN element <> 'null'
    WHEN 'equal' THEN element = value
    WHEN 'notEqual' THEN element <> value
    WHEN 'contains' THEN jsonb_typeof(element) = 'string'
      AND position(value #>> '{}' IN element #>> '{}') > 0
    ELSE jsonb_typeof(element) = jsonb_typeof(value) AND CASE condition
      WHEN 'greaterThan' THEN element > value
      WHEN 'greaterThanEqual' THEN element >= value
      WHEN 'lessThan' THEN element < value
      ELSE element <= value END
    END
$$;

-- A document with a value at a path; objects on the way are made where nothing is.
CREATE FUNCTION celadon.placed(document jsonb, path text[], value jsonb) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  parent jsonb;
BEGIN
  FOR i IN 1 .. cardinality(path) - 1 LOOP
    parent := nullif(document #> path[1:i], 'null');
    IF parent IS NULL THEN
      document := jsonb_set(document, path[1:i], '{}');
    ELSIF jsonb_typeof(parent) NOT IN ('object', 'array')
      OR jsonb_typeof(parent) = 'array' AND path[i + 1] !~ '^\d{1,6}$'
    THEN
      RAISE EXCEPTION USING ERRCODE = 'CE002',
        MESSAGE = format('''%s'' leads nowhere', array_to_string(path, '.'));
    END IF;
  END LOOP;
  RETURN jsonb_set(document, path, value);
END
$$;

-- A document with other values at its top, and operators done at paths, one after the other.
CREATE FUNCTION celadon.documented(
  document jsonb, patch jsonb, operations jsonb, now text, most int)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  result jsonb := document || patch;
  step jsonb;
  path text[];
  made jsonb;
BEGIN
  FOR step IN SELECT o.v FROM jsonb_array_elements(operations) o (v) LOOP
    path := ARRAY(SELECT jsonb_array_elements_text(step -> 'path'));
    made := celadon.operated(
      nullif(result #> path, 'null'), step ->> 'method', step -> 'values', now,
      array_to_string(path, '.'));
    IF made IS NOT NULL THEN
      result := celadon.placed(result, path, made);
    END IF;
  END LOOP;
  RETURN celadon.roomy(result, most);
END
$$;
