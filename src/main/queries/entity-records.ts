import type { EntityRef, EntityType } from '../../shared/model/entity';
import type { Connection } from '../db/database';
import { callsOf, hourlyOf } from '../entities/calls-of';
import { inScope } from './scope';

/** Where an entity is in the other logs: table, kind of its records, SQL of ours for "named by it", and for "refused". */
type Logged = readonly (readonly [table: string, source: string, named: string, failed: string])[];

/** SQL of ours for "this was refused", over k8s_audit and over logs with an HTTP status. */
export const K8S_FAILED = "coalesce(response_code >= 400 OR decision = 'forbid', false)";
export const DNS_FAILED = "coalesce(rcode <> 'NOERROR', false)";
export const HTTP_FAILED = 'coalesce(http_status >= 400, false)';
/** Objects that ask for containers of an image: pods, and what makes pods. As logged.sql has it. */
const POD =
  "coalesce(request_object -> '$.spec.jobTemplate.spec.template.spec', request_object -> '$.spec.template.spec', request_object -> '$.spec')";
const IMAGES = `(${['containers', 'initContainers']
  .map((list) => `coalesce(list_contains(json_extract_string(${POD}, '$.${list}[*].image'), $id), false)`)
  .join(' OR ')})`;
const ROLE = (column: string) =>
  `regexp_replace(${column}, '^arn:([^:]+):sts::(\\d+):assumed-role/([^/]+).*$', 'arn:\\1:iam::\\2:role/\\3') = $id`;
const CALLER: Logged = [
  ['k8s_audit', 'k8s-audit', ROLE('user_arn'), K8S_FAILED],
  ['s3_access', 's3-access', ROLE('requester'), HTTP_FAILED],
];
const LOGGED: Partial<Record<EntityType, Logged>> = {
  role: CALLER,
  user: CALLER,
  service: CALLER,
  roleSession: [
    ['k8s_audit', 'k8s-audit', "user_extra ->> '$.arn[0]' = $id", K8S_FAILED],
    ['s3_access', 's3-access', 'requester = $id', HTTP_FAILED],
  ],
  accessKey: [['k8s_audit', 'k8s-audit', 'user_access_key_id = $id', K8S_FAILED]],
  bucket: [['s3_access', 's3-access', 'bucket = $id', HTTP_FAILED]],
  instance: [['dns_queries', 'dns-query', 'instance_id = $id', DNS_FAILED]],
  cluster: [['k8s_audit', 'k8s-audit', 'cluster = $id', K8S_FAILED]],
  pod: [
    [
      'k8s_audit',
      'k8s-audit',
      "(object_resource = 'pods' AND concat_ws('/', cluster, object_namespace, 'pods', object_name) = $id)",
      K8S_FAILED,
    ],
  ],
  image: [['k8s_audit', 'k8s-audit', IMAGES, K8S_FAILED]],
  kubernetesSubject: [['k8s_audit', 'k8s-audit', 'user_username = $id', K8S_FAILED]],
  domain: [['dns_queries', 'dns-query', "rtrim(query_name, '.') = $id", DNS_FAILED]],
  address: [
    ['k8s_audit', 'k8s-audit', 'source_ip = $id', K8S_FAILED],
    ['s3_access', 's3-access', 'remote_ip = $id', HTTP_FAILED],
    ['elb_access', 'elb-access', '$id IN (client_ip, target_ip)', 'coalesce(elb_status_code >= 400, false)'],
    ['waf_requests', 'waf', 'client_ip = $id', "coalesce(action = 'BLOCK', false)"],
    ['cloudfront_access', 'cloudfront', 'client_ip = $id', HTTP_FAILED],
    ['dns_queries', 'dns-query', 'srcaddr = $id', DNS_FAILED],
  ],
};

/** The flow records of an interface's instance, or those whose peer is an address. */
const TRAFFIC: Partial<Record<EntityType, string>> = {
  instance: '(i.instance_id = $id OR i.interface_id = $id)',
  // The first half follows from the second, and is tested before the interface is looked up.
  address:
    '$id IN (f.srcaddr, f.dstaddr) AND CASE WHEN f.dstaddr = i.local_addr THEN f.srcaddr ELSE f.dstaddr END = $id',
};
const LOCAL_TRAFFIC = 'i.local_addr = $id';

/** Where the records of one entity are: SQL over `calls`, and over `flows f JOIN interfaces i`; null for none. */
export interface EntityRecords {
  readonly calls: string;
  /** The same over `activity`, null where that cannot tell them apart. */
  readonly hourly: string | null;
  readonly flows: string | null;
  /** SQL over flow_activity for the same traffic. */
  readonly activity: string | null;
  /** The same in the other logs. */
  readonly logged: Logged;
}

/** Chooses the records that stand for an entity: those it made, else those that name it, and its traffic. */
export async function entityRecords(connection: Connection, { type, id }: EntityRef): Promise<EntityRecords> {
  const calls = await callsOf(connection, { type, id });
  const hourly = hourlyOf({ type, id }, calls);
  const logged = LOGGED[type] ?? [];
  if (type === 'instance') {
    const activity = '(instance_id = $id OR interface_id = $id)';
    return { calls, hourly, flows: TRAFFIC.instance ?? null, activity, logged };
  }
  if (type !== 'address') return { calls, hourly, flows: null, activity: null, logged };
  const { isPeer } = await connection.row<{ isPeer: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM flow_activity WHERE peer_addr = $id) AS "isPeer"',
    { id },
  );
  return isPeer
    ? { calls, hourly, flows: TRAFFIC.address ?? null, activity: 'peer_addr = $id', logged }
    : { calls, hourly, flows: LOCAL_TRAFFIC, activity: 'local_addr = $id', logged };
}

const INTERFACES = `flows f JOIN (SELECT DISTINCT account_id, interface_id, local_addr, instance_id FROM flow_activity) i
    ON i.interface_id = f.interface_id AND i.account_id IS NOT DISTINCT FROM f.account_id`;

/** SELECT of (event_time, succeeded, failed) where those are the bytes into and out of the interfaces of its traffic. */
export function flowSides(flows: string): string {
  // A record can match two addresses of one interface: it is counted once, as its own records are.
  return `SELECT any_value(f.start_time) AS event_time,
    coalesce(any_value(f.bytes) FILTER (f.dstaddr = i.local_addr), 0) AS succeeded,
    CASE WHEN bool_or(f.dstaddr = i.local_addr) THEN 0 ELSE coalesce(any_value(f.bytes), 0) END AS failed
  FROM ${INTERFACES}
  WHERE (${flows}) AND ${inScope('f.start_time')}
  GROUP BY f.file_id, f.record_no`;
}

/** SELECT of (source, file_id, record_no, event_time, failed) of an entity's records in scope. */
export function entityKeys(
  { calls, flows, logged }: EntityRecords,
  filter: { readonly calls: string; readonly flows: string; readonly logged: string },
): string {
  const called = `SELECT 'cloudtrail' AS source, file_id, record_no, event_time, error_code IS NOT NULL AS failed
  FROM calls WHERE (${calls}) AND ${inScope('event_time')} AND ${filter.calls}`;
  const others = logged.map(
    ([table, source, named, failed]) => `
  UNION ALL
  SELECT '${source}', file_id, record_no, event_time, ${failed} FROM ${table} t WHERE (${named}) AND ${inScope('event_time')} AND ${filter.logged}`,
  );
  if (flows === null) return `${called}${others.join('')}`;
  return `${called}${others.join('')}
  UNION ALL
  SELECT 'vpc-flow', f.file_id, f.record_no, f.start_time, f.action = 'REJECT'
  FROM ${INTERFACES}
  WHERE (${flows}) AND ${inScope('f.start_time')} AND ${filter.flows}`;
}
