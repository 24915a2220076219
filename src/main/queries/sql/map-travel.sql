-- Each time that the next request came from another place. Kilometres are between the centres, less both radii.
, stops AS (
  SELECT *, lag(struct_pack(country, city, latitude, longitude, radius_km, address, network_kind, event_time, source, file_id, record_no)) OVER w AS f
  FROM placed WHERE latitude IS NOT NULL AND {{in_scope}}
  WINDOW w AS (ORDER BY event_time, source, file_id, record_no)
), legs AS (
  SELECT * FROM stops WHERE f.country IS NOT NULL AND (f.country, coalesce(f.city, '')) <> (country, coalesce(city, ''))
)
SELECT row_number() OVER (ORDER BY event_time, source, file_id, record_no) AS n,
  f.country AS "fromCountry", f.city AS "fromCity", f.latitude AS "fromLatitude", f.longitude AS "fromLongitude", f.address AS "fromAddress",
  f.network_kind AS "fromKind", f.event_time AS "fromTime", f.source AS "fromSource", f.file_id AS "fromFileId", f.record_no AS "fromRecordNo",
  country AS "toCountry", city AS "toCity", latitude AS "toLatitude", longitude AS "toLongitude", address AS "toAddress",
  network_kind AS "toKind", event_time AS "toTime", source AS "toSource", file_id AS "toFileId", record_no AS "toRecordNo",
  greatest(0, 2 * 6371.0088 * asin(least(1, sqrt(pow(sin(radians(latitude - f.latitude) / 2), 2)
    + cos(radians(f.latitude)) * cos(radians(latitude)) * pow(sin(radians(longitude - f.longitude) / 2), 2))))
    - coalesce(radius_km, 0) - coalesce(f.radius_km, 0)) AS km,
  (epoch(event_time) - epoch(f.event_time)) / 3600.0 AS hours, count(*) OVER () AS total
FROM legs ORDER BY n LIMIT 500
