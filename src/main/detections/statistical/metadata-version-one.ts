import { defineDetector } from './detector';

/** Flow logs never show 169.254.169.254; CloudTrail tells which version of the metadata service gave a credential. */
export default defineDetector({
  id: 'vf-016',
  title: 'Instance credentials from version 1 of the metadata service',
  description:
    'An instance takes its credentials from version 1 of the metadata service, which a forged request from a web application can ask, too.',
  tactic: 'credential-access',
  techniques: ['T1552.005'],
  severity: 'informational',
  severityReason: 'A weakness, not an event: it tells how credentials of this instance could be taken.',
  falsePositives: 'Old software that knows version 1 only',
  remediation: ['R-EC2-META'],
  source: 'cloudtrail',
  sql: `
SELECT c.file_id, c.record_no, c.instance_id || '|' || c.principal AS fold, NULL AS severity, NULL AS note
FROM calls c JOIN events e USING (file_id, record_no)
WHERE c.instance_id IS NOT NULL AND e.session_ec2_role_delivery = '1.0'
QUALIFY row_number() OVER (PARTITION BY c.instance_id, c.principal ORDER BY c.event_time, c.file_id, c.record_no) = 1`,
});
