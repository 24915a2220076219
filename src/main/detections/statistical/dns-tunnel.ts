import { REGISTERED_SQL } from '../network/registered-domain';
import { defineDetector } from './detector';

export default defineDetector({
  id: 'dns-001',
  title: 'Data carried in DNS queries',
  description:
    'One host asked for a hundred or more different long names below one domain within an hour, hardly any of them twice: the names carry data.',
  tactic: 'exfiltration',
  techniques: ['T1048.003', 'T1071.004'],
  severity: 'high',
  severityReason:
    'A tunnel through DNS passes most firewalls; medium when the names are short enough for a lookup service.',
  falsePositives: 'Look-up services of antivirus and mail filters, content networks with computed names',
  remediation: ['R-EC2-ISO', 'R-EC2-SNAP'],
  source: 'dns-query',
  sql: `
WITH asked AS (
  SELECT file_id, record_no, event_time, account_id, instance_id, srcaddr, query_name, query_type, ${REGISTERED_SQL} AS domain, date_trunc('hour', event_time) AS hour FROM dns_queries
), parted AS (
  SELECT *, left(lower(rtrim(query_name, '.')), greatest(0, length(rtrim(query_name, '.')) - length(domain) - 1)) AS front
  FROM asked WHERE domain <> '' AND NOT regexp_matches(domain, '(^|\\.)(amazonaws\\.com|cloudfront\\.net|aws\\.dev|arpa|internal|local|akamaiedge\\.net|akadns\\.net|spamhaus\\.org|sophosxl\\.net|mcafee\\.com|trafficmanager\\.net|azure\\.com|windows\\.net)$')
), hours AS (
  SELECT coalesce(instance_id, srcaddr) AS host, domain, hour, count(*) AS n, count(DISTINCT front) AS names, avg(length(front)) AS length, avg(entropy_of) AS entropy,
    count(*) FILTER (query_type IN ('TXT', 'NULL', 'CNAME', 'MX')) AS heavy
  FROM (SELECT *, list_aggregate(string_split(replace(front, '.', ''), ''), 'entropy') AS entropy_of FROM parted) GROUP BY ALL
), tunnels AS (
  SELECT *, CASE WHEN length < 40 AND heavy < 0.5 * n THEN 'medium' END AS severity FROM hours
  WHERE names >= 100 AND names >= 0.8 * n AND length >= 20 AND entropy >= 3
)
SELECT p.file_id, p.record_no, concat_ws('|', t.host, t.domain, CAST(t.hour AS DATE)) AS fold, t.severity,
  t.host || ' asked for up to ' || max(t.names) OVER w || ' different names below ' || t.domain || ' in an hour, of ' || CAST(round(max(t.length) OVER w) AS INTEGER) || ' characters on average.' AS note,
  NULL AS address, CASE WHEN p.instance_id IS NULL THEN 'resource' ELSE 'instance' END AS target_type, t.host AS target_id, p.event_time, p.account_id
FROM tunnels t JOIN parted p ON coalesce(p.instance_id, p.srcaddr) = t.host AND p.domain = t.domain AND p.hour = t.hour
WINDOW w AS (PARTITION BY t.host, t.domain, CAST(t.hour AS DATE))
QUALIFY row_number() OVER (PARTITION BY t.host, t.domain, t.hour ORDER BY p.event_time, p.file_id, p.record_no) <= 1000`,
});
