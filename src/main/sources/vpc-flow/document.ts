import { FLOW_FIELDS, flowNames } from '../../evidence/originals/flow-fields';
import { OcsfRecord } from '../ocsf';

/** The fields of flow logs, and the further members of a document as JSON. */
export const DOCUMENT_FIELDS: readonly string[] = [...FLOW_FIELDS, 'more'];
const KNOWN: ReadonlySet<string> = new Set(FLOW_FIELDS);

/** A flow record that came as a JSON object (a document, a row of Athena or of a table) by the names of its fields. */
export function fromDocument(record: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  const more: Record<string, unknown> = {};
  const keys = Object.keys(record);
  for (const [i, name] of flowNames(keys).entries()) {
    const key = keys[i] as string;
    const value = record[key];
    if (value === null || value === undefined || value === '' || value === '-') continue;
    if (KNOWN.has(name) && fields[name] === undefined && typeof value !== 'object')
      fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
    else more[key] = value;
  }
  for (const name of ['start', 'end']) if (fields[name] !== undefined) fields[name] = seconds(fields[name]);
  if (Object.keys(more).length > 0) fields['more'] = JSON.stringify(more);
  return fields;
}

const ZONE = /(?:z|[+-]\d{2}:?\d{2})$/i;

/** Seconds since the epoch of seconds, milliseconds or ISO text, which is UTC when it names no zone. */
function seconds(text: string): string {
  const number = Number(text);
  if (Number.isFinite(number)) return String(Math.trunc(number > 1e11 ? number / 1000 : number));
  const millis = Date.parse(ZONE.test(text) ? text : `${text}Z`);
  return Number.isFinite(millis) ? String(Math.trunc(millis / 1000)) : text;
}

const ACTIONS: Readonly<Record<string, string>> = { Allowed: 'ACCEPT', Denied: 'REJECT', Blocked: 'REJECT' };

/**
 * A flow record of Security Lake. The address of the packet is OCSF's endpoint, the address of the interface the
 * intermediate one, when they differ.
 */
export function fromOcsf(record: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const o = new OcsfRecord(record);
  const direction = o.text('connection_info.direction');
  const own = (name: string) => [`src_endpoint.${name}`, `dst_endpoint.${name}`];
  const verdict = o.text('action', 'disposition', 'activity_name');
  return fromDocument({
    ...o.unmapped,
    version: o.text('metadata.product.version'),
    'account-id': o.account(),
    'interface-id': o.text(...own('interface_uid')),
    srcaddr: o.text('src_endpoint.intermediate_ips.0', 'src_endpoint.ip'),
    dstaddr: o.text('dst_endpoint.intermediate_ips.0', 'dst_endpoint.ip'),
    'pkt-srcaddr': o.text('src_endpoint.ip'),
    'pkt-dstaddr': o.text('dst_endpoint.ip'),
    srcport: o.text('src_endpoint.port'),
    dstport: o.text('dst_endpoint.port'),
    protocol: o.text('connection_info.protocol_num'),
    packets: o.text('traffic.packets'),
    bytes: o.text('traffic.bytes'),
    start: o.time('start_time', 'start_time_dt', 'time'),
    end: o.time('end_time', 'end_time_dt'),
    action: verdict === undefined ? undefined : (ACTIONS[verdict] ?? verdict),
    'log-status': o.text('status_code'),
    'vpc-id': o.text(...own('vpc_uid')),
    'subnet-id': o.text(...own('subnet_uid')),
    'instance-id': o.text(...own('instance_uid')),
    'tcp-flags': o.text('connection_info.tcp_flags'),
    type: o.text('connection_info.protocol_ver'),
    region: o.text('cloud.region'),
    'az-id': o.text('cloud.zone'),
    'pkt-src-aws-service': o.text('src_endpoint.svc_name'),
    'pkt-dst-aws-service': o.text('dst_endpoint.svc_name'),
    'flow-direction': direction === 'Inbound' ? 'ingress' : direction === 'Outbound' ? 'egress' : direction,
    ocsf: record,
  });
}
