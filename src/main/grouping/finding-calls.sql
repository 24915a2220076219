-- finding_calls: who made the records of each finding, from where, with which root credential. finding_hands: which hands.
CREATE OR REPLACE TEMP TABLE finding_calls AS
SELECT e.finding_id, coalesce(k.root, c.session_key) AS root, c.source_net AS net, c.source_ip AS ip, c.principal, c.session_key, c.instance_id, c.ua_family,
  c.shared_event_id, c.event_time, c.file_id, c.record_no
FROM finding_events e JOIN calls c USING (file_id, record_no) LEFT JOIN credentials k USING (session_key)
WHERE e.source = 'cloudtrail' AND NOT c.is_service AND c.principal_type <> 'service'
UNION ALL
-- a provider's finding names a key and an address, but no record
SELECT f.finding_id, coalesce(k.root, f.session_key),
  CASE WHEN regexp_full_match(f.source_ip, '(\d{1,3}\.){3}\d{1,3}') THEN regexp_extract(f.source_ip, '^(\d+\.\d+\.\d+)\.', 1) || '.0/24' END,
  f.source_ip, coalesce(f.principal, k.principal), f.session_key, regexp_extract(k.root, '^(i-[0-9a-f]{8,17})$', 1), NULL, NULL, f.first_time, NULL, NULL
FROM findings f LEFT JOIN credentials k USING (session_key)
WHERE f.kind = 'provider' AND f.session_key IS NOT NULL;

CREATE OR REPLACE TEMP TABLE finding_hands AS
SELECT finding_id, root, net, mode(principal ORDER BY principal) AS principal, count(*) AS n, min(event_time) AS first_time
FROM finding_calls WHERE net IS NOT NULL
GROUP BY finding_id, root, net;
