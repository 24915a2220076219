-- One row per distinct sourceIPAddress that is an address, with its network (/24, /48 for IPv6) and class. Names of AWS
-- services and garbage are no addresses. Leading zeros, as some anonymised exports have them, do not matter.
CREATE OR REPLACE TEMP TABLE addresses AS
WITH texts AS (
  SELECT DISTINCT source_ip_address AS address FROM events
  WHERE regexp_full_match(source_ip_address, '(\d{1,3}\.){3}\d{1,3}') OR regexp_full_match(source_ip_address, '[0-9a-fA-F]*:[0-9a-fA-F:]*:[0-9a-fA-F.:]*(%\w+)?')
), parts AS (
  SELECT address, contains(address, ':') AS is_v6, lower(address) AS low,
    list_transform(string_split(CASE WHEN contains(address, ':') THEN NULL ELSE address END, '.'), lambda x: TRY_CAST(x AS INTEGER)) AS octets,
    list_transform((string_split(split_part(lower(address), '::', 1), ':') || ['', '', ''])[1:3], lambda x: coalesce(nullif(ltrim(x, '0'), ''), '0')) AS groups
  FROM texts
)
SELECT address,
  CASE WHEN is_v6 THEN array_to_string(groups, ':') || '::/48' ELSE concat(octets[1], '.', octets[2], '.', octets[3], '.0/24') END AS network,
  CASE
    WHEN is_v6 AND (regexp_matches(low, '^f[cd]|^fe[89ab]') OR low = '::1') THEN 'private'
    WHEN octets[1] IN (10, 127) OR octets[1:2] IN ([192, 168], [169, 254]) THEN 'private'
    WHEN octets[1] = 172 AND octets[2] BETWEEN 16 AND 31 THEN 'private'
    WHEN octets[1] = 100 AND octets[2] BETWEEN 64 AND 127 THEN 'private'
    ELSE 'public'
  END AS ip_class
FROM parts
WHERE is_v6 OR list_max(octets) <= 255
