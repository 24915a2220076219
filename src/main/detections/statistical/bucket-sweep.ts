import { defineDetector } from './detector';
import { asksEverywhereSql } from '../planning-tools';

/** Who may read a bucket, where it is, what is kept of it. */
const SETTINGS = [
  'GetBucketLocation',
  'GetBucketPolicy',
  'GetBucketPolicyStatus',
  'GetBucketAcl',
  'GetBucketPublicAccessBlock',
  'GetBucketEncryption',
  'GetEncryptionConfiguration',
  'GetBucketVersioning',
  'GetBucketLogging',
  'GetBucketReplication',
  'GetBucketLifecycle',
  'GetBucketWebsite',
  'GetBucketTagging',
];

export default defineDetector({
  id: 'ct-bucket-sweep',
  title: 'Settings of many buckets read',
  description:
    'One session read two or more kinds of settings of eight or more buckets within an hour; the principal had not asked about them with that client on earlier days.',
  tactic: 'discovery',
  techniques: ['T1619', 'T1580'],
  severity: 'medium',
  severityReason:
    'Going through all buckets looks for the one worth taking; consoles, tools of infrastructure as code and daily audits are not counted.',
  falsePositives: 'The first run of an audit or an inventory of your own',
  remediation: ['R-KEY-DEACT', 'R-ROLE-REVOKE'],
  source: 'cloudtrail',
  sql: `
WITH asked AS (
  SELECT file_id, record_no, event_time, principal, session_key, source_net, coalesce(ua_family, '') AS tool, event_name, bucket
  FROM calls
  WHERE NOT is_service AND principal_type <> 'service' AND source_net IS NOT NULL AND bucket IS NOT NULL
    AND event_name IN (${SETTINGS.map((name) => `'${name}'`).join(', ')})
    AND NOT ${asksEverywhereSql('ua_family')}
), firsts AS (
  -- of a role that many take, each with the own client
  SELECT principal, tool, bucket, min(CAST(event_time AS DATE)) AS day FROM asked GROUP BY ALL
), counted AS (
  SELECT a.*, count(DISTINCT a.bucket) OVER w AS buckets, count(DISTINCT event_name) OVER w AS kinds
  FROM asked a JOIN firsts f ON f.principal = a.principal AND f.tool = a.tool AND f.bucket = a.bucket AND f.day = CAST(a.event_time AS DATE)
  WINDOW w AS (PARTITION BY a.session_key, a.source_net, a.tool ORDER BY a.event_time RANGE BETWEEN INTERVAL 60 MINUTE PRECEDING AND CURRENT ROW)
), reached AS (
  SELECT *, bool_or(buckets >= 8 AND kinds >= 2) OVER v AS fires, max(buckets) OVER v AS most
  FROM counted
  WINDOW v AS (PARTITION BY session_key, source_net, tool ORDER BY event_time RANGE BETWEEN CURRENT ROW AND INTERVAL 60 MINUTE FOLLOWING)
)
SELECT file_id, record_no, NULL AS fold, NULL AS severity, 'Up to ' || max(most) OVER f || ' buckets within an hour.' AS note
FROM reached WHERE fires WINDOW f AS (PARTITION BY principal, source_net, CAST(event_time AS DATE))`,
});
