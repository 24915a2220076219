-- Hashes in the findings of providers, and in the calls of services that name code and images by their hash.
CREATE OR REPLACE TEMP TABLE seen_values AS
SELECT source, place, seen, count(*) AS records, min(time) AS first_time, max(time) AS last_time FROM (
  SELECT DISTINCT 'provider' AS source, 'finding' AS place, file_id, record_no, updated_at AS time,
    unnest(regexp_extract_all(lower(concat_ws(' ', CAST(resource AS VARCHAR), CAST(service AS VARCHAR), CAST(extra AS VARCHAR))), '[0-9a-f]{32,64}')) AS seen
  FROM provider_findings
  UNION ALL
  SELECT DISTINCT 'cloudtrail', event_name, file_id, record_no, event_time,
    unnest(regexp_extract_all(lower(concat_ws(' ', CAST(request_parameters AS VARCHAR), CAST(response_elements AS VARCHAR))), '[0-9a-f]{32,64}'))
  FROM events WHERE event_source IN ('lambda.amazonaws.com', 'ecr.amazonaws.com', 'ecs.amazonaws.com', 'eks.amazonaws.com', 'ssm.amazonaws.com')
) WHERE length(seen) IN (32, 40, 64) GROUP BY ALL;

INSERT INTO indicator_hits BY NAME
SELECT i.indicator, s.* FROM seen_values s JOIN indicators i ON i.type = 'hash' AND i.value = s.seen
