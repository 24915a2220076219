import { indicatorIn } from '../imported/indicator-in';

export default indicatorIn({
  id: 'ioc-008',
  source: 'k8s-audit',
  where: 'a Kubernetes request',
  table: 'k8s_audit',
  columns: { source_ip: 'r.source_ip', user_agent: 'r.user_agent' },
  owner: 'r.user_username',
  time: 'r.event_time',
  more: `, r.source_ip AS address, 'cluster' AS target_type, r.cluster AS target_id, r.event_time, r.account_id AS account_id`,
  tactic: 'initial-access',
  techniques: ['T1078.004'],
});
