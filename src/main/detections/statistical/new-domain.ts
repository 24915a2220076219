import { REGISTERED_SQL } from '../network/registered-domain';
import { defineDetector } from './detector';

export default defineDetector({
  id: 'dns-002',
  title: 'Domain that nobody asked for before',
  description: 'A single host asked for a domain that no host had asked for in seven days or more before.',
  tactic: 'command-and-control',
  techniques: ['T1071.004'],
  severity: 'informational',
  severityReason:
    'Most new domains are harmless; beside other findings it tells which server an intruder used.',
  falsePositives: 'New software, people who browse',
  remediation: [],
  source: 'dns-query',
  sql: `
WITH asked AS (
  SELECT file_id, record_no, event_time, account_id, instance_id, coalesce(instance_id, srcaddr) AS host, query_type, ${REGISTERED_SQL} AS domain FROM dns_queries WHERE rcode = 'NOERROR'
), domains AS (
  SELECT domain, min(event_time) AS first_time, count(DISTINCT host) AS hosts, any_value(host) AS host FROM asked WHERE domain <> '' GROUP BY domain
), starts AS (
  SELECT host, min(event_time) AS first_time FROM asked GROUP BY host
), fresh AS (
  SELECT d.*, count(*) OVER (PARTITION BY d.host, CAST(d.first_time AS DATE)) AS that_day FROM domains d JOIN starts s USING (host)
  WHERE d.hosts = 1 AND d.first_time >= s.first_time + INTERVAL 7 DAY
)
SELECT a.file_id, a.record_no, concat_ws('|', f.host, f.domain) AS fold, NULL AS severity, f.host || ' asked for ' || f.domain || ' for the first time.' AS note,
  NULL AS address, CASE WHEN a.instance_id IS NULL THEN 'resource' ELSE 'instance' END AS target_type, f.host AS target_id, a.event_time, a.account_id
FROM fresh f JOIN asked a ON a.domain = f.domain
-- a host that asks for more than three new domains a day browses
WHERE f.that_day <= 3 QUALIFY row_number() OVER (PARTITION BY f.domain ORDER BY a.event_time, a.file_id, a.record_no) <= 20`,
});
