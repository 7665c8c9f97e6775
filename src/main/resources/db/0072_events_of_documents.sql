-- What happened to one free document, collection or database: their logs and figures, as 0064 has
-- them for rows. An index of its own, so that neither has entries of the other.
CREATE INDEX events_by_document ON celadon.events (project, (ids[1]), (ids[2]), (ids[3]), id)
  WHERE event LIKE 'documentsdb.%';
