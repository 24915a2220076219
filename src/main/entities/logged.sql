-- What the logs beside CloudTrail and flows name: callers of the Kubernetes API and of buckets, hosts that ask for names,
-- addresses that reach buckets and load balancers. Counted by text first, so that looks are told once a text.
CREATE OR REPLACE TEMP TABLE logged_entities AS
WITH callers AS (
  SELECT user_arn AS arn, user_username AS name, account_id, event_time, response_code >= 400 OR decision = 'forbid' AS failed FROM k8s_audit
  UNION ALL SELECT requester, NULL, NULL, event_time, http_status >= 400 FROM s3_access WHERE requester IS NOT NULL
), principals AS (
  SELECT arn, name, min(account_id) AS account_id, min(event_time) AS first_seen, max(event_time) AS last_seen,
    count(*) AS events, count(*) FILTER (failed) AS failures FROM callers GROUP BY arn, name
), seen AS (
  SELECT 'address' AS entity_type, source_ip AS entity_id, event_time, response_code >= 400 OR decision = 'forbid' AS failed FROM k8s_audit
  UNION ALL SELECT 'address', remote_ip, event_time, http_status >= 400 FROM s3_access
  UNION ALL SELECT 'address', client_ip, event_time, elb_status_code >= 400 FROM elb_access
  UNION ALL SELECT 'address', client_ip, event_time, action = 'BLOCK' FROM waf_requests
  UNION ALL SELECT 'address', client_ip, event_time, http_status >= 400 FROM cloudfront_access
  UNION ALL SELECT 'address', srcaddr, event_time, false FROM dns_queries WHERE hosted_zone_id IS NULL
  UNION ALL SELECT 'address', source_ip, event_time, false FROM mapped_events
  UNION ALL SELECT 'accessKey', user_access_key_id, event_time, response_code >= 400 OR decision = 'forbid' FROM k8s_audit
  UNION ALL SELECT 'cluster', cluster, event_time, response_code >= 400 OR decision = 'forbid' FROM k8s_audit
  UNION ALL SELECT 'pod', concat_ws('/', cluster, object_namespace, 'pods', object_name), event_time, response_code >= 400 OR decision = 'forbid'
    FROM k8s_audit WHERE object_resource = 'pods' AND object_name <> ''
  UNION ALL SELECT 'kubernetesSubject', user_username, event_time, response_code >= 400 OR decision = 'forbid' FROM k8s_audit WHERE user_arn IS NOT NULL
  UNION ALL SELECT 'image', unnest(list_distinct(images)), event_time, failed FROM (
    SELECT list_concat(json_extract_string(pod, '$.containers[*].image'), json_extract_string(pod, '$.initContainers[*].image')) AS images, event_time, failed
    FROM (SELECT coalesce(request_object -> '$.spec.jobTemplate.spec.template.spec', request_object -> '$.spec.template.spec', request_object -> '$.spec') AS pod,
        event_time, response_code >= 400 OR decision = 'forbid' AS failed
      FROM k8s_audit WHERE request_object IS NOT NULL))
  UNION ALL SELECT 'domain', rtrim(query_name, '.'), event_time, rcode <> 'NOERROR' FROM dns_queries
  UNION ALL SELECT 'instance', instance_id, event_time, rcode <> 'NOERROR' FROM dns_queries
  UNION ALL SELECT 'bucket', bucket, event_time, http_status >= 400 FROM s3_access
)
SELECT entity_type, entity_id, CAST(NULL AS VARCHAR) AS account_id, min(event_time) AS first_seen, max(event_time) AS last_seen,
  count(*) AS events, count(*) FILTER (failed) AS failures
FROM seen WHERE entity_id <> '' GROUP BY entity_type, entity_id
HAVING entity_type <> 'address' OR regexp_full_match(entity_id, '(\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]*:[0-9a-fA-F:]*:[0-9a-fA-F.:]*')
UNION ALL
SELECT CASE
    WHEN contains(arn, ':assumed-role/') OR contains(arn, ':role/') THEN 'role'
    WHEN contains(arn, ':user/') OR contains(arn, ':root') THEN 'user'
    WHEN arn IS NOT NULL THEN 'account' ELSE 'kubernetesSubject' END,
  coalesce(regexp_replace(arn, '^arn:([^:]+):sts::(\d+):assumed-role/([^/]+).*$', 'arn:\1:iam::\2:role/\3'), name),
  coalesce(account_id, nullif(regexp_extract(arn, '^arn:[^:]*:[^:]*::(\d{12}):', 1), '')), first_seen, last_seen, events, failures
FROM principals WHERE coalesce(arn, name) IS NOT NULL
