-- The two records of each impossible journey among the findings $ids (JSON list of findings of that detector).
WITH hops AS (
  SELECT e.finding_id, c.event_time, c.source_ip, concat_ws(', ', p.city, p.country) AS location, e.source, e.file_id, e.record_no, e.event_id,
    lag(c.event_time) OVER w AS time_before, lag(c.source_ip) OVER w AS ip_before, lag(concat_ws(', ', p.city, p.country)) OVER w AS location_before,
    lag(e.file_id) OVER w AS file_before, lag(e.record_no) OVER w AS record_before, lag(e.event_id) OVER w AS event_before
  FROM finding_events e JOIN calls c USING (file_id, record_no) JOIN address_places p ON p.address = c.source_ip
  WHERE e.source = 'cloudtrail' AND e.finding_id IN (SELECT unnest(from_json(CAST($ids AS JSON), '["VARCHAR"]')))
  WINDOW w AS (PARTITION BY e.finding_id ORDER BY c.event_time, c.file_id, c.record_no)
)
SELECT ip_before AS "from", source_ip AS "to", location_before AS "fromLocation", location AS "toLocation",
  round((epoch(event_time) - epoch(time_before)) / 3600.0, 2) AS hours,
  [{'source': source, 'fileId': file_before, 'recordNo': record_before, 'eventId': event_before}, {'source': source, 'fileId': file_id, 'recordNo': record_no, 'eventId': event_id}] AS places
FROM hops WHERE location_before <> location
ORDER BY event_time, "from", "to" LIMIT 20
