import { indicatorIn } from '../imported/indicator-in';

export default indicatorIn({
  id: 'ioc-004',
  source: 's3-access',
  where: 'an S3 access log',
  table: 's3_access',
  columns: { remote_ip: 'r.remote_ip', user_agent: 'r.user_agent' },
  owner: 'r.bucket',
  time: 'r.event_time',
  more: `, r.remote_ip AS address, 'bucket' AS target_type, r.bucket AS target_id, r.event_time, CAST(NULL AS VARCHAR) AS account_id`,
  tactic: 'collection',
  techniques: ['T1530'],
});
