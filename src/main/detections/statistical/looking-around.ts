import { defineDetector } from './detector';
import { asksEverywhereSql } from '../planning-tools';
import { isRefusedSql } from '../refused';

/** Calls that ask what there is: lists of a whole kind, and what the account, its organisation or its limits are. */
const ASKS_WHAT_THERE_IS = `regexp_matches(event_name, '^(List|Describe)[A-Za-z]*s[0-9v_]*$|^(GetCallerIdentity|GetAccount[A-Za-z]*|GetSendQuota|GetSendStatistics|GetCredentialReport|GetCostAndUsage|DescribeOrganization|DescribeInstanceInformation|GetTrailStatus|GetDetector|LookupEvents)$')`;

/**
 * Breadth in place of number: somebody who does not know the account asks many services what they hold. What the
 * principal asked on earlier days does not count, so an inventory that runs daily is quiet from its second day on.
 */
export default defineDetector({
  id: 'ct-looking-around',
  title: 'Many services asked what they hold',
  description:
    'One session asked six or more services, with seven or more different calls within an hour, what they hold; the principal had not asked so on earlier days.',
  tactic: 'discovery',
  techniques: ['T1526', 'T1580'],
  severity: 'low',
  severityReason:
    'New people and new tools look around, too. Medium with two of these: it asks who it is, about rights, about logging and guards, or two different calls were refused.',
  falsePositives: 'The first run of an inventory or a scanner of your own; a new engineer',
  remediation: ['R-KEY-DEACT', 'R-ROLE-REVOKE'],
  source: 'cloudtrail',
  sql: `
WITH asked AS (
  SELECT file_id, record_no, event_time, principal, session_key, source_net, coalesce(ua_family, '') AS tool, event_source, event_name,
    event_source || ':' || event_name AS api, ${isRefusedSql("coalesce(error_code, '')")} AS refused
  FROM calls
  WHERE NOT is_service AND principal_type <> 'service' AND source_net IS NOT NULL AND ${ASKS_WHAT_THERE_IS}
    AND NOT ${asksEverywhereSql('ua_family')}
), firsts AS (
  SELECT principal, api, min(CAST(event_time AS DATE)) AS day FROM asked GROUP BY ALL
), fresh AS (
  SELECT a.* FROM asked a JOIN firsts f ON f.principal = a.principal AND f.api = a.api AND f.day = CAST(a.event_time AS DATE)
), counted AS (
  SELECT *, count(DISTINCT api) OVER w AS apis, count(DISTINCT event_source) OVER w AS services,
    count(DISTINCT CASE WHEN refused THEN api END) OVER w AS refusals,
    max(CAST(event_name = 'GetCallerIdentity' AS INTEGER)) OVER w
      + max(CAST(event_source IN ('iam.amazonaws.com', 'organizations.amazonaws.com') AS INTEGER)) OVER w
      + max(CAST(event_source IN ('cloudtrail.amazonaws.com', 'guardduty.amazonaws.com', 'config.amazonaws.com', 'securityhub.amazonaws.com') AS INTEGER)) OVER w AS signs
  FROM fresh
  WINDOW w AS (PARTITION BY session_key, source_net, tool ORDER BY event_time RANGE BETWEEN INTERVAL 60 MINUTE PRECEDING AND CURRENT ROW)
), reached AS (
  SELECT *, bool_or(apis >= 7 AND services >= 6) OVER v AS fires, max(apis) OVER v AS most_apis, max(services) OVER v AS most_services,
    max(signs) OVER v + CAST(max(refusals) OVER v >= 2 AS INTEGER) AS most_signs, max(refusals) OVER v AS most_refusals
  FROM counted
  WINDOW v AS (PARTITION BY session_key, source_net, tool ORDER BY event_time RANGE BETWEEN CURRENT ROW AND INTERVAL 60 MINUTE FOLLOWING)
)
SELECT file_id, record_no, NULL AS fold, CASE WHEN most_signs >= 2 THEN 'medium' END AS severity,
  'Up to ' || max(most_apis) OVER f || ' different calls to ' || max(most_services) OVER f || ' services within an hour, ' || max(most_refusals) OVER f || ' of them refused.' AS note
FROM reached WHERE fires WINDOW f AS (PARTITION BY principal, source_net, CAST(event_time AS DATE))`,
});
