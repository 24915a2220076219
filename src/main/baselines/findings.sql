-- Evidence findings from the baselines: one per principal, kind and day, at most three for a principal and day, the most
-- surprising ones (methods 1e). They are evidence for other findings, never alarms: informational or low.
CREATE OR REPLACE TEMP TABLE told AS
WITH candidates AS (
  SELECT b.*, CAST(b.first_time AS DATE) AS day FROM baselines b
  -- traffic has detectors of its own
  WHERE kind NOT IN ('new-peer', 'new-port', 'sent-day') AND CASE WHEN mode = 'cold' THEN bits >= 10 AND first_time >= CAST($bundleStart AS TIMESTAMP) + INTERVAL 1 HOUR ELSE maturity >= 0.5 AND (bits >= 8 AND coalesce(habit, 3) >= 3 OR q_value IS NOT NULL) END
), own AS (
  -- an address of a network that is new itself, either of a new operator, and a call to a new service say nothing more
  SELECT c.* FROM candidates c
  WHERE NOT (kind = 'new-address' AND EXISTS (FROM candidates n WHERE n.kind = 'new-network' AND n.principal = c.principal AND n.value = regexp_extract(c.value, '^(\d+\.\d+\.\d+)\.', 1) || '.0/24'))
    AND NOT (kind IN ('new-address', 'new-network') AND EXISTS (FROM candidates n WHERE n.kind IN ('new-operator', 'new-country') AND n.principal = c.principal AND n.first_time = c.first_time))
    AND NOT (kind = 'new-api' AND EXISTS (FROM candidates n WHERE n.kind = 'new-service' AND n.principal = c.principal AND n.value = split_part(c.value, ':', 1)))
    -- nor does a day that an hour of it has told
    AND NOT (ends_with(kind, '-day') AND EXISTS (FROM candidates n WHERE n.kind = replace(c.kind, '-day', '') AND n.principal = c.principal AND n.day = c.day))
    AND NOT (kind <> 'new-principal' AND EXISTS (FROM candidates n WHERE n.kind = 'new-principal' AND n.principal = c.principal))
), folded AS (
  SELECT principal, kind, day, max(bits) AS bits FROM own GROUP BY principal, kind, day
  QUALIFY row_number() OVER (PARTITION BY principal, day ORDER BY max(bits) DESC, kind) <= 3
)
SELECT md5(concat_ws('|', 'baseline-' || o.kind, o.principal, o.day)) AS finding_id, o.* FROM own o SEMI JOIN folded f ON f.principal = o.principal AND f.kind = o.kind AND f.day = o.day;

CREATE OR REPLACE TEMP TABLE told_records AS
WITH own_calls AS (
  SELECT * FROM calls WHERE NOT is_service AND event_time >= CAST($from AS TIMESTAMP) AND principal IN (SELECT principal FROM told)
), matching AS (
  SELECT t.finding_id, c.* FROM told t JOIN own_calls c ON c.principal = t.principal AND CAST(c.event_time AS DATE) = t.day AND c.event_source || ':' || c.event_name = t.value WHERE t.kind = 'new-api'
  UNION ALL SELECT t.finding_id, c.* FROM told t JOIN own_calls c ON c.principal = t.principal AND CAST(c.event_time AS DATE) = t.day AND c.event_source = t.value WHERE t.kind = 'new-service'
  UNION ALL SELECT t.finding_id, c.* FROM told t JOIN own_calls c ON c.principal = t.principal AND CAST(c.event_time AS DATE) = t.day AND c.source_ip = t.value WHERE t.kind = 'new-address'
  UNION ALL SELECT t.finding_id, c.* FROM told t JOIN own_calls c ON c.principal = t.principal AND CAST(c.event_time AS DATE) = t.day AND c.source_net = t.value WHERE t.kind = 'new-network'
  UNION ALL SELECT t.finding_id, c.* FROM told t JOIN own_calls c ON c.principal = t.principal AND CAST(c.event_time AS DATE) = t.day JOIN address_places p ON p.address = c.source_ip AND p.country = t.value WHERE t.kind = 'new-country'
  UNION ALL SELECT t.finding_id, c.* FROM told t JOIN own_calls c ON c.principal = t.principal AND CAST(c.event_time AS DATE) = t.day JOIN address_places p ON p.address = c.source_ip AND coalesce(p.organization, 'AS' || p.asn) = t.value WHERE t.kind = 'new-operator'
  UNION ALL SELECT t.finding_id, c.* FROM told t JOIN own_calls c ON c.principal = t.principal AND CAST(c.event_time AS DATE) = t.day AND c.target_role = t.value WHERE t.kind = 'new-role'
  UNION ALL SELECT t.finding_id, c.* FROM told t JOIN own_calls c ON c.principal = t.principal AND CAST(c.event_time AS DATE) = t.day AND c.bucket = t.value WHERE t.kind = 'new-bucket'
  UNION ALL SELECT t.finding_id, c.* FROM told t JOIN own_calls c ON c.principal = t.principal AND CAST(c.event_time AS DATE) = t.day AND c.ua_family = t.value WHERE t.kind = 'new-user-agent'
  UNION ALL SELECT t.finding_id, c.* FROM told t JOIN own_calls c ON c.principal = t.principal AND CAST(c.event_time AS DATE) = t.day AND c.aws_region = t.value WHERE t.kind = 'new-region'
  UNION ALL SELECT t.finding_id, c.* FROM told t JOIN own_calls c ON c.principal = t.principal AND CAST(c.event_time AS DATE) = t.day WHERE t.kind = 'new-principal'
  UNION ALL SELECT t.finding_id, c.* FROM told t JOIN own_calls c ON c.principal = t.principal AND date_trunc('hour', c.event_time) = date_trunc('hour', t.first_time)
    AND (t.kind = 'volume' OR c.error_code IS NOT NULL) WHERE t.kind IN ('volume', 'failure-share')
  UNION ALL SELECT t.finding_id, c.* FROM told t JOIN own_calls c ON c.principal = t.principal AND CAST(c.event_time AS DATE) = t.day
    AND (t.kind = 'volume-day' OR c.error_code IS NOT NULL) WHERE t.kind IN ('volume-day', 'failure-share-day')
)
-- the first 100 of a finding are proof enough; its text tells the whole number
SELECT DISTINCT finding_id, file_id, record_no, event_id, event_time, principal, principal_type, session_key, source_ip, ua_family, account_id
FROM matching QUALIFY row_number() OVER (PARTITION BY finding_id ORDER BY event_time, file_id, record_no) <= 100;

INSERT INTO findings BY NAME
WITH kinds(kind, title, tactic, technique, says) AS (
  VALUES ('new-api', 'Calls not made before', 'discovery', 'T1526', 'Calls'),
    ('new-service', 'Service not used before', 'discovery', 'T1526', 'Services'),
    ('new-address', 'Address not used before', 'initial-access', 'T1078.004', 'Addresses'),
    ('new-network', 'Network not used before', 'initial-access', 'T1078.004', 'Networks'),
    ('new-country', 'Country not used before', 'initial-access', 'T1078.004', 'Countries'),
    ('new-operator', 'Network operator not used before', 'initial-access', 'T1078.004', 'Operators'),
    ('new-role', 'Role not taken before', 'lateral-movement', 'T1550.001', 'Roles'),
    ('new-bucket', 'Bucket not used before', 'collection', 'T1530', 'Buckets'),
    ('new-user-agent', 'Client not used before', 'initial-access', 'T1078.004', 'Clients'),
    ('new-region', 'Region not used before', 'stealth', 'T1535', 'Regions'),
    ('new-principal', 'Principal not seen before', 'persistence', 'T1136.003', 'Principals'),
    ('volume', 'Far more calls than usual', 'discovery', 'T1580', 'Hours'),
    ('failure-share', 'Far more failed calls than usual', 'discovery', 'T1580', 'Hours'),
    ('volume-day', 'Far more calls in a day than usual', 'discovery', 'T1580', 'Days'),
    ('failure-share-day', 'Far more failed calls in a day than usual', 'discovery', 'T1580', 'Days')
), groups AS (
  SELECT finding_id, kind, principal, list(value ORDER BY bits DESC, value) AS said, sum(succeeded) AS succeeded, sum(failed) AS failed,
    bool_or(is_new_for_account) AS is_new_for_account, max(bits) AS bits, min(mode) AS mode, max(active_days) AS active_days, max(sample_size) AS sample_size,
    max(maturity) AS maturity, max(expected) AS expected, min(first_time) AS first_time
  FROM told GROUP BY finding_id, kind, principal
), records AS (
  SELECT finding_id, count(*) AS n, mode(session_key ORDER BY session_key) AS session_key, mode(source_ip ORDER BY source_ip) AS source_ip, min(account_id) AS account_id,
    min(event_time) AS first_time, max(event_time) AS last_time
  FROM told_records GROUP BY finding_id
)
SELECT g.finding_id, 'baseline-' || g.kind AS rule_id,
  CASE WHEN g.mode = 'cold' THEN replace(replace(replace(k.title, 'not made before', 'first seen in the bundle'), 'not used before', 'first seen in the bundle'), 'not taken before', 'first seen in the bundle') ELSE k.title END AS title,
  concat(k.says, ': ', array_to_string(g.said[1:5], ', '), CASE WHEN len(g.said) > 5 THEN concat(' and ', len(g.said) - 5, ' more') ELSE '' END, '. ', g.succeeded + g.failed, ' calls in scope, ', g.failed, ' failed',
    CASE WHEN g.expected IS NOT NULL THEN concat('; ', round(g.expected, 1), CASE g.kind WHEN 'volume' THEN ' expected in such an hour' WHEN 'volume-day' THEN ' expected on such a day' ELSE ' failures expected' END) ELSE '' END, '. ',
    CASE WHEN g.mode = 'cold'
      THEN concat('First seen ', datediff('hour', CAST($bundleStart AS TIMESTAMP), g.first_time), ' hours after the start of the bundle, which holds too little history to call it new.')
      WHEN g.kind = 'new-principal' THEN concat('No call of it in the ', $days, ' days before.')
      ELSE concat('Against ', $days, ' days before: ', g.active_days, ' active days, ', g.sample_size, ' calls.') END) AS description,
  'baseline' AS provider, 'baseline' AS kind, k.tactic, [k.technique] AS techniques, [k.technique] AS techniques_v18,
  CASE WHEN g.mode = 'baseline' AND (g.is_new_for_account OR g.expected IS NOT NULL) THEN 'low' ELSE 'informational' END AS severity,
  concat('Unusual for this principal (', CAST(round(g.bits) AS INTEGER), ' bits, maturity ', round(g.maturity, 2), ')', CASE WHEN g.is_new_for_account THEN ', and nobody of the account did it before' ELSE '' END, '; evidence for other findings, no alarm of its own.') AS severity_reason,
  g.principal, r.session_key, r.source_ip, r.account_id, r.first_time, r.last_time, r.n AS event_count,
  CAST([{'ruleId': 'baseline-' || g.kind, 'title': k.title, 'provider': 'baseline', 'author': 'Coldtrail', 'licence': '', 'link': '', 'severity': 'low'}] AS JSON) AS sources,
  CAST([] AS VARCHAR[]) AS remediation, 'New duties, a new network or tool, a deployment.' AS false_positives
FROM groups g JOIN kinds k USING (kind) JOIN records r USING (finding_id);

INSERT INTO finding_events BY NAME
SELECT finding_id, 'cloudtrail' AS source, file_id, record_no, event_id, event_time FROM told_records;

INSERT INTO finding_entities BY NAME
SELECT DISTINCT finding_id, principal_type AS entity_type, principal AS entity_id, 'actor' AS role FROM told_records
UNION SELECT finding_id, 'accessKey', session_key, 'credential' FROM told_records
UNION SELECT finding_id, 'address', source_ip, 'address' FROM told_records WHERE source_ip IS NOT NULL
UNION SELECT t.finding_id, 'userAgent', t.value, 'tool' FROM told t WHERE t.kind = 'new-user-agent'
UNION SELECT finding_id, 'account', account_id, 'account' FROM told_records WHERE account_id IS NOT NULL;

UPDATE baselines SET finding_id = t.finding_id FROM told t
WHERE baselines.kind = t.kind AND baselines.principal = t.principal AND baselines.value = t.value AND baselines.first_time = t.first_time;

DROP TABLE told;
DROP TABLE told_records;
