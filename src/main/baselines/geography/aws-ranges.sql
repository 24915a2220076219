-- Which service and Region of AWS an address is of, by the latest ip-ranges.json of the bundle: the longest prefix, and of as
-- long ones the one that tells more than AMAZON. Addresses and prefixes as texts of bits, so that both families go one way.
UPDATE address_places SET aws_service = s.service, aws_service_region = s.aws_region, network_kind = 'aws'
FROM (
  WITH latest AS (
    SELECT * FROM aws_ip_ranges WHERE published IS NOT DISTINCT FROM (SELECT max(published) FROM aws_ip_ranges)
  ), prefixes AS (
    SELECT service, aws_region, TRY_CAST(split_part(prefix, '/', 2) AS INTEGER) AS size, split_part(prefix, '/', 1) AS network FROM latest
  ), texts AS (
    SELECT address FROM address_places UNION SELECT network FROM prefixes
  ), bits AS (
    SELECT address, CASE
      WHEN regexp_full_match(address, '(\d{1,3}\.){3}\d{1,3}') THEN '4' || array_to_string(list_transform(string_split(address, '.'), o -> lpad(bin(TRY_CAST(o AS UINTEGER)), 8, '0')), '')
      WHEN contains(address, ':') THEN '6' || array_to_string(list_transform(list_concat(front, list_resize(CAST([] AS VARCHAR[]), greatest(0, 8 - len(front) - len(back)), '0'), back), g -> lpad(bin(TRY_CAST('0x' || g AS UINTEGER)), 16, '0')), '')
    END AS bits
    FROM (SELECT address, list_filter(string_split(split_part(lower(address), '::', 1), ':'), g -> g <> '') AS front, list_filter(string_split(split_part(lower(address), '::', 2), ':'), g -> g <> '') AS back FROM texts)
  ), known AS (
    SELECT p.service, p.aws_region, p.size, left(b.bits, p.size + 1) AS bits FROM prefixes p JOIN bits b ON b.address = p.network WHERE p.size BETWEEN 1 AND 128
  )
  SELECT b.address, arg_max(k.service, (k.size, k.service <> 'AMAZON', k.service)) AS service, arg_max(k.aws_region, (k.size, k.service <> 'AMAZON', k.service)) AS aws_region
  FROM (SELECT b.* FROM bits b SEMI JOIN address_places USING (address)) b, (SELECT DISTINCT size FROM known) s JOIN known k ON k.size = s.size AND k.bits = left(b.bits, s.size + 1) AND length(b.bits) > s.size
  GROUP BY b.address
) s WHERE s.address = address_places.address
