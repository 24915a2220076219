import { indicatorIn } from '../imported/indicator-in';

export default indicatorIn({
  id: 'ioc-001',
  source: 'cloudtrail',
  where: 'a call',
  table: 'calls',
  columns: {
    source_ip: 'r.source_ip',
    user_agent: 'r.user_agent',
    accessKey: 'r.access_key_id',
    role: 'r.principal',
    user: 'r.principal',
    roleSession: 'r.actor_arn',
    bucket: 'r.bucket',
  },
  owner: 'r.principal',
  time: 'r.event_time',
  more: '',
  tactic: 'initial-access',
  techniques: ['T1078.004'],
});
