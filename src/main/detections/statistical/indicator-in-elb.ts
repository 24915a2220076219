import { indicatorIn } from '../imported/indicator-in';

export default indicatorIn({
  id: 'ioc-005',
  source: 'elb-access',
  where: 'a load balancer log',
  table: 'elb_access',
  columns: { client_ip: 'r.client_ip', user_agent: 'r.user_agent' },
  owner: 'r.elb',
  time: 'r.event_time',
  more: `, r.client_ip AS address, 'resource' AS target_type, r.elb AS target_id, r.event_time, r.account_id AS account_id`,
  tactic: 'initial-access',
  techniques: ['T1190'],
});
