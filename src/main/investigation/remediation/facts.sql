-- The records behind the findings $ids (JSON list) that a command can be filled from: per finding and API, those that
-- succeeded first, eight at most. Kubernetes requests come as `verb resource` with what they name.
WITH chosen AS (
  SELECT DISTINCT e.finding_id, e.source, e.file_id, e.record_no FROM finding_events e
  WHERE e.finding_id IN (SELECT unnest(from_json(CAST($ids AS JSON), '["VARCHAR"]')))
), named AS (
  SELECT c.finding_id, r.event_name AS name, r.error_code IS NOT NULL AS failed, r.event_time, r.recipient_account_id AS account, r.aws_region AS region,
    CAST(r.request_parameters AS VARCHAR) AS request, CAST(r.response_elements AS VARCHAR) AS response, c.file_id, c.record_no
  FROM chosen c JOIN events r USING (file_id, record_no) WHERE c.source = 'cloudtrail'
  UNION ALL
  SELECT c.finding_id, k.verb || ' ' || coalesce(k.object_resource, ''), coalesce(k.response_code >= 400, false), k.event_time, k.account_id, k.aws_region,
    CAST(to_json({'cluster': k.cluster, 'namespace': k.object_namespace, 'name': k.object_name}) AS VARCHAR), NULL, c.file_id, c.record_no
  FROM chosen c JOIN k8s_audit k USING (file_id, record_no) WHERE c.source = 'k8s-audit'
)
SELECT finding_id AS "findingId", name, failed, account, region, request, response FROM named
QUALIFY row_number() OVER (PARTITION BY finding_id, name ORDER BY failed, event_time, file_id, record_no) <= 8
ORDER BY finding_id, event_time, file_id, record_no
