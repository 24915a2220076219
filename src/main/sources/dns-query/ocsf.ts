import { OcsfRecord, present } from '../ocsf';

/** A Resolver query of Security Lake in the spelling of the query log, the whole OCSF record under `ocsf`. */
export function fromOcsf(text: string): string {
  const o = OcsfRecord.parse(text);
  const answers = o.at('answers');
  const rcode = o.text('rcode');
  const record = {
    ...o.unmapped,
    version: o.text('metadata.product.version'),
    account_id: o.account(),
    region: o.text('cloud.region'),
    vpc_id: o.text('src_endpoint.vpc_uid'),
    query_timestamp: o.time('time', 'query_time'),
    query_name: o.text('query.hostname'),
    query_type: o.text('query.type'),
    query_class: o.text('query.class'),
    rcode: rcode === undefined ? undefined : rcode.toUpperCase(),
    answers: Array.isArray(answers) ? answers.map(answer) : undefined,
    srcaddr: o.text('src_endpoint.ip'),
    srcport: o.text('src_endpoint.port'),
    transport: o.text('connection_info.protocol_name'),
    srcids: {
      instance: o.text('src_endpoint.instance_uid'),
      resolver_endpoint: o.text('dst_endpoint.instance_uid'),
      resolver_network_interface: o.text('dst_endpoint.interface_uid', 'src_endpoint.interface_uid'),
    },
    firewall_rule_action:
      o.text('firewall_rule.uid') === undefined ? undefined : action(o.text('disposition')),
    firewall_rule_group_id: o.text('firewall_rule.uid'),
  };
  return JSON.stringify({ ...present(record), ocsf: o.whole });
}

function answer(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { rdata, type, class: queryClass } = value as Record<string, unknown>;
  return present({ Rdata: rdata ?? undefined, Type: type ?? undefined, Class: queryClass ?? undefined });
}

/** OCSF's disposition in the words of the DNS Firewall. */
function action(disposition: string | undefined): string | undefined {
  const words: Readonly<Record<string, string>> = { Blocked: 'BLOCK', Allowed: 'ALLOW', Alert: 'ALERT' };
  return disposition === undefined ? undefined : (words[disposition] ?? disposition);
}
