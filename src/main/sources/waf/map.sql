-- raw(file_id, record_no, r) -> waf_requests (https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html).
WITH parsed AS (
  SELECT file_id, record_no, r,
    from_json(r, '{"timestamp":"VARCHAR","webaclId":"VARCHAR","action":"VARCHAR","terminatingRuleId":"VARCHAR","terminatingRuleType":"VARCHAR",
      "httpSourceName":"VARCHAR","httpSourceId":"VARCHAR","responseCodeSent":"VARCHAR","labels":"JSON","httpRequest":"JSON"}') AS w,
    json_merge_patch(r, '{"webaclId":null,"action":null,"terminatingRuleId":null,"terminatingRuleType":null,"httpSourceName":null,"httpSourceId":null,"responseCodeSent":null,"httpRequest":{"clientIp":null,"country":null,"httpMethod":null,"uri":null,"args":null,"httpVersion":null,"requestId":null,"headers":null}}') AS rest
  FROM raw
), opened AS (
  SELECT *, from_json(w.httpRequest, '{"clientIp":"VARCHAR","country":"VARCHAR","httpMethod":"VARCHAR","uri":"VARCHAR","args":"VARCHAR","httpVersion":"VARCHAR",
      "requestId":"VARCHAR","headers":"JSON"}') AS q
  FROM parsed
), headed AS (
  SELECT *, CASE WHEN json_type(q.headers) = 'ARRAY' THEN from_json(q.headers, '[{"name":"VARCHAR","value":"VARCHAR"}]') END AS heads,
    TRY_CAST(w.timestamp AS BIGINT) AS millis
  FROM opened
)
SELECT file_id, record_no, hash(r) AS content_hash,
  CASE WHEN millis BETWEEN 0 AND 253402300799999 THEN make_timestamp(millis * 1000) ELSE TRY_CAST(w.timestamp AS TIMESTAMPTZ)::TIMESTAMP END AS event_time,
  w.webaclId AS web_acl_arn, w.action AS action, w.terminatingRuleId AS terminating_rule_id, w.terminatingRuleType AS terminating_rule_type,
  w.httpSourceName AS http_source_name, w.httpSourceId AS http_source_id, q.clientIp AS client_ip, q.country AS country, q.httpMethod AS http_method,
  q.uri AS uri, q.args AS args, q.httpVersion AS http_version,
  list_filter(heads, lambda h: lower(h.name) = 'host')[1].value AS host, list_filter(heads, lambda h: lower(h.name) = 'user-agent')[1].value AS user_agent,
  q.requestId AS request_id, TRY_CAST(w.responseCodeSent AS INTEGER) AS response_code,
  CASE WHEN json_type(w.labels) = 'ARRAY' THEN json_extract_string(w.labels, '$[*].name') END AS labels,
  nullif(regexp_extract(w.webaclId, '^arn:[^:]*:[^:]*:[^:]*:(\d{12}):', 1), '') AS account_id,
  nullif(regexp_extract(w.webaclId, '^arn:[^:]*:[^:]*:([^:]*):', 1), '') AS aws_region, q.headers AS headers,
  CAST(json_merge_patch(rest, CASE WHEN (rest ->> '$.httpRequest') = '{}' THEN '{"httpRequest":null}' ELSE '{}' END) AS JSON) AS extra
FROM headed
