-- What the operators of dev.celadon.domain.documents.operators need beside plain SQL. Each function
-- refuses what the column could not hold: SQL state CE001 for a number beyond its bounds, CE002 for
-- anything else; the message says what. They are volatile so that no plan evaluates them for a row
-- that turns out not to be concerned.

CREATE FUNCTION celadon.bounded(value numeric, low numeric, high numeric, name text)
RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  IF value < low OR value > high THEN
    RAISE EXCEPTION USING ERRCODE = 'CE001', MESSAGE = name;
  END IF;
  RETURN value;
END
$$;

CREATE FUNCTION celadon.bounded(
  value double precision, low double precision, high double precision, name text)
RETURNS double precision LANGUAGE plpgsql AS $$
BEGIN
  IF value < low OR value > high OR value IN ('Infinity', '-Infinity', 'NaN') THEN
    RAISE EXCEPTION USING ERRCODE = 'CE001', MESSAGE = name;
  END IF;
  RETURN value;
END
$$;

-- Whole numbers are raised exactly; what no bigint could hold is not even computed.
CREATE FUNCTION celadon.raised(value numeric, exponent numeric, name text)
RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
  IF abs(value) > 1 AND exponent * ln(abs(value)) > 44 THEN
    RAISE EXCEPTION USING ERRCODE = 'CE001', MESSAGE = name;
  END IF;
  RETURN power(value, exponent);
END
$$;

CREATE FUNCTION celadon.sized(value text, most bigint, name text)
RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  IF char_length(value) > most THEN
    RAISE EXCEPTION USING ERRCODE = 'CE002',
      MESSAGE = format('the column ''%s'' must have at most %s characters', name, most);
  END IF;
  RETURN value;
END
$$;

-- The length is known before the text is made: it could be larger than all memory.
CREATE FUNCTION celadon.replaced(
  value text, search text, replacement text, most bigint, name text)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  found bigint := (char_length(value) - char_length(replace(value, search, '')))
    / char_length(search);
BEGIN
  IF char_length(value) + found * (char_length(replacement) - char_length(search)) > most THEN
    RAISE EXCEPTION USING ERRCODE = 'CE002',
      MESSAGE = format('the column ''%s'' must have at most %s characters', name, most);
  END IF;
  RETURN replace(value, search, replacement);
END
$$;

CREATE FUNCTION celadon.dated(value timestamptz, name text)
RETURNS timestamptz LANGUAGE plpgsql AS $$
BEGIN
  IF value < '0001-01-01 00:00:00+00' OR value >= '10000-01-01 00:00:00+00' THEN
    RAISE EXCEPTION USING ERRCODE = 'CE001', MESSAGE = name;
  END IF;
  RETURN value;
END
$$;

-- A point in time as clients see it.
CREATE FUNCTION celadon.time_text(value timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT to_char(value AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+00:00"')
$$;

-- The same for a date that a text column holds.
CREATE FUNCTION celadon.dated(value text, days bigint, most bigint, name text)
RETURNS text LANGUAGE plpgsql SET timezone = 'UTC' AS $$
BEGIN
  IF value !~ '^\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?$' THEN
    RAISE EXCEPTION USING ERRCODE = 'CE002',
      MESSAGE = format('the column ''%s'' does not hold a date', name);
  END IF;
  RETURN celadon.sized(celadon.time_text(
    celadon.dated(value::timestamptz + days * interval '24 hours', name)), most, name);
EXCEPTION WHEN invalid_datetime_format OR datetime_field_overflow THEN
  RAISE EXCEPTION USING ERRCODE = 'CE002',
    MESSAGE = format('the column ''%s'' does not hold a date', name);
END
$$;

-- A list of at most so many elements and bytes.
CREATE FUNCTION celadon.few(value anyarray, most int, bytes int, name text)
RETURNS anyarray LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(value) > most THEN
    RAISE EXCEPTION USING ERRCODE = 'CE002',
      MESSAGE = format('the column ''%s'' must be a list of at most %s elements', name, most);
  END IF;
  IF pg_column_size(value) > bytes THEN
    RAISE EXCEPTION USING ERRCODE = 'CE002',
      MESSAGE = format('the list in ''%s'' takes at most %s bytes', name, bytes);
  END IF;
  RETURN value;
END
$$;

CREATE FUNCTION celadon.inserted(value anyarray, place int, item anyelement, name text)
RETURNS anyarray LANGUAGE plpgsql AS $$
BEGIN
  IF place > cardinality(value) THEN
    RAISE EXCEPTION USING ERRCODE = 'CE002',
      MESSAGE = format('the list in ''%s'' has no place %s', name, place);
  END IF;
  RETURN value[1:place] || item || value[place + 1:];
END
$$;

-- An upsert that took its row for an existing one, which was deleted meanwhile, is tried again.
CREATE FUNCTION celadon.sure(version bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF version = 0 THEN
    RAISE EXCEPTION USING ERRCODE = '40001', MESSAGE = 'the row was deleted meanwhile';
  END IF;
  RETURN true;
END
$$;
