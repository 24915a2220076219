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

/** SQL over `flows f` and their interfaces `i`: the traffic of an instance, of a peer, of an own address. */
const OF_INSTANCE = '(i.instance_id = $id OR i.interface_id = $id)';
/** The first half follows from the second, and is tested before the interface is looked up. */
const OF_PEER =
  '$id IN (f.srcaddr, f.dstaddr) AND CASE WHEN f.dstaddr = i.local_addr THEN f.srcaddr ELSE f.dstaddr END = $id';
const OF_LOCAL = 'i.local_addr = $id';

/** Where the records of one entity are: SQL over `calls`, and over `flows f JOIN interfaces i`; null for none. */
export interface EntityRecords {
  readonly calls: string;
  /** The same over `activity`, null where that cannot tell them apart. */
  readonly hourly: string | null;
  readonly flows: string | null;
  /** SQL over flow_activity for the same traffic. */
  readonly activity: string | null;
  /** Whether every record of its traffic is accepted or rejected, so that the hourly counts have them all. */
  readonly counted: boolean;
  /** The same in the other logs. */
  readonly logged: Logged;
}

/** Chooses the records that stand for an entity: those it made, else those that name it, and its traffic. */
export async function entityRecords(connection: Connection, { type, id }: EntityRef): Promise<EntityRecords> {
  const calls = await callsOf(connection, { type, id });
  const common = { calls, hourly: hourlyOf({ type, id }, calls), logged: LOGGED[type] ?? [] };
  const traffic = await trafficOf(connection, { type, id });
  if (traffic === null) return { ...common, flows: null, activity: null, counted: true };
  const { untold } = await connection.row<{ untold: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM flow_activity WHERE accepted = 0 AND rejected = 0 AND ${traffic.activity}) AS untold`,
    { id },
  );
  return { ...common, ...traffic, counted: !untold };
}

async function trafficOf(
  connection: Connection,
  { type, id }: EntityRef,
): Promise<{ flows: string; activity: string } | null> {
  if (type === 'instance')
    return { flows: OF_INSTANCE, activity: '(instance_id = $id OR interface_id = $id)' };
  if (type !== 'address') return null;
  const { isPeer } = await connection.row<{ isPeer: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM flow_activity WHERE peer_addr = $id) AS "isPeer"',
    { id },
  );
  return isPeer
    ? { flows: OF_PEER, activity: 'peer_addr = $id' }
    : { flows: OF_LOCAL, activity: 'local_addr = $id' };
}

/** FROM and WHERE of its flow records `f` in scope with their interfaces `i`, each record once: an interface has one own address. */
export function flowsOf({ flows, activity }: EntityRecords): string {
  return `flows f JOIN (SELECT DISTINCT account_id, interface_id, local_addr, instance_id FROM flow_activity WHERE ${activity}) i
    ON i.interface_id = f.interface_id AND i.account_id IS NOT DISTINCT FROM f.account_id
  WHERE (${flows}) AND ${inScope('f.start_time')}`;
}

/** SELECT of (source, file_id, record_no, event_time, failed) of an entity's records in scope. */
export function entityKeys(
  records: EntityRecords,
  filter: { readonly calls: string; readonly flows: string; readonly logged: string },
): string {
  const { calls, flows, logged } = records;
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
  FROM ${flowsOf(records)} AND ${filter.flows}`;
}
