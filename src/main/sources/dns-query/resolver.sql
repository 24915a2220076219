-- raw(file_id, record_no, r) -> dns_queries, for records of Route 53 Resolver query logs.
WITH parsed AS (
  SELECT file_id, record_no, r,
    from_json(r, '{"version":"VARCHAR","account_id":"VARCHAR","region":"VARCHAR","vpc_id":"VARCHAR","query_timestamp":"VARCHAR","query_name":"VARCHAR",
      "query_type":"VARCHAR","query_class":"VARCHAR","rcode":"VARCHAR","answers":"JSON","srcaddr":"VARCHAR","srcport":"VARCHAR","transport":"VARCHAR",
      "srcids":"JSON","firewall_rule_action":"VARCHAR","firewall_rule_group_id":"VARCHAR","firewall_domain_list_id":"VARCHAR"}') AS q,
    json_merge_patch(r, '{"version":null,"account_id":null,"region":null,"vpc_id":null,"query_timestamp":null,"query_name":null,"query_type":null,"query_class":null,"rcode":null,"answers":null,"srcaddr":null,"transport":null,"srcids":{"instance":null,"resolver_endpoint":null,"resolver_network_interface":null},"firewall_rule_action":null,"firewall_rule_group_id":null,"firewall_domain_list_id":null}') AS rest
  FROM raw
)
SELECT file_id, record_no, hash(r) AS content_hash, TRY_CAST(q.query_timestamp AS TIMESTAMPTZ)::TIMESTAMP AS event_time, q.version AS version,
  q.account_id AS account_id, q.region AS aws_region, q.vpc_id AS vpc_id, q.query_name AS query_name, q.query_type AS query_type,
  q.query_class AS query_class, q.rcode AS rcode, q.answers AS answers, q.srcaddr AS srcaddr, TRY_CAST(q.srcport AS INTEGER) AS srcport,
  q.transport AS transport, q.srcids ->> '$.instance' AS instance_id, q.srcids ->> '$.resolver_endpoint' AS resolver_endpoint_id,
  q.srcids ->> '$.resolver_network_interface' AS interface_id, q.firewall_rule_action AS firewall_rule_action,
  q.firewall_rule_group_id AS firewall_rule_group_id, q.firewall_domain_list_id AS firewall_domain_list_id,
  NULL::VARCHAR AS hosted_zone_id, NULL::VARCHAR AS edge_location, NULL::VARCHAR AS client_subnet,
  CAST(nullif(CAST(json_merge_patch(rest, CASE WHEN (rest ->> '$.srcids') = '{}' THEN '{"srcids":null,"srcport":null}'
    ELSE '{"srcport":null}' END) AS VARCHAR), '{}') AS JSON) AS extra
FROM parsed
