-- raw(file_id, record_no, region, names, line) -> flows. `names` is the header's list of fields, in the order of the line.
WITH split AS (
  SELECT file_id, record_no, region, hash(line) AS content_hash, map(names, list_transform(string_split(line, ' '), lambda x: nullif(x, '-'))) AS f
  FROM raw
), known AS (
  SELECT ['version', 'account-id', 'interface-id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol', 'packets', 'bytes', 'start', 'end',
          'action', 'log-status', 'instance-id', 'region'] AS names
)
SELECT file_id, record_no, content_hash, TRY_CAST(f['version'] AS INTEGER) AS version, f['account-id'] AS account_id,
  f['interface-id'] AS interface_id, f['srcaddr'] AS srcaddr, f['dstaddr'] AS dstaddr,
  CASE WHEN regexp_full_match(f['srcaddr'], '(\d{1,3}\.){3}\d{1,3}') THEN TRY_CAST(list_sum(list_transform(string_split(f['srcaddr'], '.'), lambda x, i: TRY_CAST(x AS BIGINT) << (8 * (4 - i)))) AS UINTEGER) END AS srcaddr_int,
  CASE WHEN regexp_full_match(f['dstaddr'], '(\d{1,3}\.){3}\d{1,3}') THEN TRY_CAST(list_sum(list_transform(string_split(f['dstaddr'], '.'), lambda x, i: TRY_CAST(x AS BIGINT) << (8 * (4 - i)))) AS UINTEGER) END AS dstaddr_int,
  TRY_CAST(f['srcport'] AS INTEGER) AS srcport, TRY_CAST(f['dstport'] AS INTEGER) AS dstport, TRY_CAST(f['protocol'] AS INTEGER) AS protocol,
  TRY_CAST(f['packets'] AS BIGINT) AS packets, TRY_CAST(f['bytes'] AS BIGINT) AS bytes,
  make_timestamp(TRY_CAST(f['start'] AS BIGINT) * 1000000) AS start_time, make_timestamp(TRY_CAST(f['end'] AS BIGINT) * 1000000) AS end_time,
  f['action'] AS action, coalesce(f['log-status'], 'OK') AS log_status, f['instance-id'] AS instance_id, coalesce(f['region'], region) AS aws_region,
  CAST(nullif(CAST(to_json(map_from_entries(list_filter(map_entries(f), lambda e: NOT list_contains(known.names, e.key) AND e.value IS NOT NULL))) AS VARCHAR), '{}') AS JSON) AS extra
FROM split, known
