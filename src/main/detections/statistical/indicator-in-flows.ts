import { indicatorIn } from '../imported/indicator-in';

/** Flows by the interfaces that met the address, so that only their records are read. */
const FLOWS = `(
  SELECT f.file_id, f.record_no, f.start_time, a.peer_addr, a.interface_id, a.instance_id
  FROM (SELECT DISTINCT interface_id, instance_id, local_addr, peer_addr FROM flow_activity
    WHERE peer_addr IN (SELECT seen FROM indicator_hits WHERE source = 'vpc-flow' AND place = 'peer_addr')) a
  JOIN flows f ON f.interface_id = a.interface_id AND ((f.srcaddr = a.peer_addr AND f.dstaddr = a.local_addr) OR (f.dstaddr = a.peer_addr AND f.srcaddr = a.local_addr)))`;

export default indicatorIn({
  id: 'ioc-002',
  source: 'vpc-flow',
  where: 'network traffic',
  table: FLOWS,
  columns: { peer_addr: 'r.peer_addr' },
  owner: 'r.interface_id',
  time: 'r.start_time',
  more: `, r.peer_addr AS address, CASE WHEN r.instance_id IS NULL THEN 'resource' ELSE 'instance' END AS target_type, coalesce(r.instance_id, r.interface_id) AS target_id`,
  tactic: 'command-and-control',
  techniques: ['T1071'],
});
