import { indicatorIn } from '../imported/indicator-in';

export default indicatorIn({
  id: 'ioc-006',
  source: 'waf',
  where: 'a WAF log',
  table: 'waf_requests',
  columns: { client_ip: 'r.client_ip', user_agent: 'r.user_agent' },
  owner: 'r.web_acl_arn',
  time: 'r.event_time',
  more: `, r.client_ip AS address, 'resource' AS target_type, r.web_acl_arn AS target_id, r.event_time, r.account_id AS account_id`,
  tactic: 'initial-access',
  techniques: ['T1190'],
});
