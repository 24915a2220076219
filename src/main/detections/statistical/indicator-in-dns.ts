import { indicatorIn } from '../imported/indicator-in';

export default indicatorIn({
  id: 'ioc-003',
  source: 'dns-query',
  where: 'a DNS query',
  table: 'dns_queries',
  columns: { query_name: 'r.query_name' },
  owner: 'coalesce(r.instance_id, r.srcaddr)',
  time: 'r.event_time',
  more: `, NULL AS address, CASE WHEN r.instance_id IS NULL THEN 'resource' ELSE 'instance' END AS target_type, coalesce(r.instance_id, r.srcaddr) AS target_id, r.event_time, r.account_id`,
  tactic: 'command-and-control',
  techniques: ['T1071.004'],
});
