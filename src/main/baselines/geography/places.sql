-- address_places: every public address of the case with its country and network operator, from the bundled tables
-- (ranges sorted by their start; the first 64 bits of IPv6). Unknown stays NULL.
CREATE OR REPLACE TABLE address_places AS
WITH texts AS (
  SELECT DISTINCT source_ip AS address FROM calls WHERE ip_class = 'public' AND source_ip IS NOT NULL
  UNION
  SELECT address FROM (
    SELECT peer_addr AS address FROM flow_activity WHERE accepted > 0 UNION SELECT source_ip FROM k8s_audit UNION SELECT remote_ip FROM s3_access
  ) WHERE address IS NOT NULL AND NOT regexp_matches(address, '^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd]|fe80|::1$)')
), v4 AS (
  SELECT address, TRY_CAST(p[1] AS UINTEGER) * 16777216 + TRY_CAST(p[2] AS UINTEGER) * 65536 + TRY_CAST(p[3] AS UINTEGER) * 256 + TRY_CAST(p[4] AS UINTEGER) AS n
  FROM (SELECT address, string_split(address, '.') AS p FROM texts WHERE regexp_full_match(address, '(\d{1,3}\.){3}\d{1,3}'))
), v6 AS (
  SELECT address, TRY_CAST('0x' || array_to_string(list_transform(groups[1:4], lambda g: lpad(g, 4, '0')), '') AS UBIGINT) AS n
  FROM (
    SELECT address, list_concat(front, list_resize(CAST([] AS VARCHAR[]), greatest(0, 8 - len(front) - len(back)), '0'), back) AS groups
    FROM (
      SELECT address, list_filter(string_split(split_part(lower(address), '::', 1), ':'), lambda g: g <> '') AS front,
        list_filter(string_split(split_part(lower(address), '::', 2), ':'), lambda g: g <> '') AS back
      FROM texts WHERE contains(address, ':')
    )
  )
), placed AS (
  SELECT a.address, CASE WHEN a.n - c.s <= c.len THEN c.cc END AS country, CASE WHEN a.n - o.s <= o.len THEN o.asn END AS asn
  FROM (FROM v4 WHERE n IS NOT NULL) a ASOF LEFT JOIN read_parquet({{country}}) c ON a.n >= c.s ASOF LEFT JOIN read_parquet({{asn}}) o ON a.n >= o.s
  UNION ALL
  SELECT a.address, CASE WHEN a.n - c.s <= c.len THEN c.cc END, CASE WHEN a.n - o.s <= o.len THEN o.asn END
  FROM (FROM v6 WHERE n IS NOT NULL) a ASOF LEFT JOIN read_parquet({{country6}}) c ON a.n >= c.s ASOF LEFT JOIN read_parquet({{asn6}}) o ON a.n >= o.s
)
SELECT p.address, nullif(p.country, 'ZZ') AS country, CAST(NULL AS VARCHAR) AS city, CAST(p.asn AS BIGINT) AS asn, o.org AS organization, CAST(NULL AS VARCHAR) AS network_kind, CAST(NULL AS VARCHAR) AS aws_service, CAST(NULL AS VARCHAR) AS aws_service_region,
  CAST(NULL AS DOUBLE) AS latitude, CAST(NULL AS DOUBLE) AS longitude, CAST(NULL AS DOUBLE) AS radius_km, 'DB-IP, RouteViews, NRO' AS origin
FROM placed p LEFT JOIN read_parquet({{organizations}}) o USING (asn);
