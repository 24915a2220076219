import { columnSource } from './column-source';

/** Route 53 Resolver query logs (and public hosted zone logs), with the field names of the former. */
export const dnsQuery = columnSource({
  id: 'dns-query',
  table: 'dns_queries',
  names: [
    'aws/route53',
    'aws/route53resolver',
    'aws/route53_resolver',
    'aws/dns',
    '/dns',
    'aws/route53-resolver',
  ],
  columns: {
    version: 'version',
    account_id: 'account_id',
    region: 'aws_region',
    vpc_id: 'vpc_id',
    query_name: 'query_name',
    query: 'query_name',
    query_type: 'query_type',
    record_type: 'query_type',
    query_class: 'query_class',
    rcode: 'rcode',
    srcaddr: 'srcaddr',
    srcport: 'srcport',
    transport: 'transport',
    'srcids.instance': 'instance_id',
    'srcids.resolver_endpoint': 'resolver_endpoint_id',
    firewall_rule_action: 'firewall_rule_action',
    firewall_rule_group_id: 'firewall_rule_group_id',
    firewall_domain_list_id: 'firewall_domain_list_id',
  },
  documents: { answers: 'answers' },
  profile: ['query_type', 'rcode', 'firewall_rule_action'],
  subject: {
    account: 'e.account_id',
    principal: 'CAST(NULL AS VARCHAR)',
    principalType: 'CAST(NULL AS VARCHAR)',
    credential: 'CAST(NULL AS VARCHAR)',
    address: 'CAST(NULL AS VARCHAR)',
    targetType: "CASE WHEN e.instance_id IS NULL THEN 'resource' ELSE 'instance' END",
    target: 'coalesce(e.instance_id, e.interface_id, e.srcaddr)',
    words:
      "concat_ws(' ', coalesce(e.instance_id, e.srcaddr), 'asked for', e.query_type, e.query_name, '(' || e.rcode || ')')",
  },
});
