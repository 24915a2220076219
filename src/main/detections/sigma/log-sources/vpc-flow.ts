import type { LogSource } from './log-source';

/** Names as VPC flow logs write them (with hyphens) and as Sigma rules do (without). */
const NAMES: Readonly<Record<string, string>> = {
  version: 'version',
  accountid: 'account_id',
  interfaceid: 'interface_id',
  srcaddr: 'srcaddr',
  dstaddr: 'dstaddr',
  srcport: 'srcport',
  dstport: 'dstport',
  protocol: 'protocol',
  packets: 'packets',
  bytes: 'bytes',
  start: 'start_time',
  end: 'end_time',
  action: 'action',
  logstatus: 'log_status',
  instanceid: 'instance_id',
  region: 'aws_region',
};

/** VPC flow logs. */
export const vpcFlow: LogSource = {
  id: 'vpc-flow',
  table: 'flows',
  timeColumn: 'start_time',
  idColumn: null,
  profileColumns: ['action', 'protocol', 'dstport'],
  textColumns: ['account_id', 'interface_id', 'srcaddr', 'dstaddr', 'action', 'instance_id', 'extra'],
  hasCalls: false,
  subject: null,
  names: ['aws/vpcflow', 'aws/vpc_flow', 'aws/vpcflowlogs', 'aws/vpc-flow', 'aws/flow'],
  fields: NAMES,
  placeOf(field) {
    const name = NAMES[field.toLowerCase().replace(/[-_]/g, '')];
    if (name === undefined) return { kind: 'json', column: 'e.extra', path: field.split('.') };
    return {
      kind: 'column',
      sql: `CAST(e.${name} AS VARCHAR)`,
      profile: this.profileColumns.includes(name),
      entity: false,
    };
  },
};
