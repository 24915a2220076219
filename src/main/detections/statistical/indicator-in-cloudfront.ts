import { indicatorIn } from '../imported/indicator-in';

export default indicatorIn({
  id: 'ioc-007',
  source: 'cloudfront',
  where: 'a CloudFront log',
  table: 'cloudfront_access',
  columns: { client_ip: 'r.client_ip', user_agent: 'r.user_agent' },
  owner: 'r.distribution_host',
  time: 'r.event_time',
  more: `, r.client_ip AS address, 'resource' AS target_type, r.distribution_host AS target_id, r.event_time, CAST(NULL AS VARCHAR) AS account_id`,
  tactic: 'initial-access',
  techniques: ['T1190'],
});
