import { objectColumns } from '../object-columns';
import { defineSource } from '../source';

const PLAN = [
  ['interface_id', 'VARCHAR', 'NetworkInterfaceId'],
  ['account_id', 'VARCHAR', 'OwnerId'],
  ['description', 'VARCHAR', 'Description'],
  ['interface_type', 'VARCHAR', 'InterfaceType'],
  ['requester_id', 'VARCHAR', 'RequesterId'],
  ['status', 'VARCHAR', 'Status'],
  ['private_ip_address', 'VARCHAR', 'PrivateIpAddress'],
  ['private_ip_addresses', 'JSON', 'PrivateIpAddresses'],
  ['ipv6_addresses', 'JSON', 'Ipv6Addresses'],
  ['vpc_id', 'VARCHAR', 'VpcId'],
  ['subnet_id', 'VARCHAR', 'SubnetId'],
  ['security_groups', 'JSON', 'Groups'],
  ['tags', 'JSON', 'TagSet'],
] as const;

export default defineSource({
  id: 'network-interface',
  title: 'EC2 network interfaces',
  formats: ['Answers of `aws ec2 describe-network-interfaces` as JSON: whole, paged, or what `--query` left'],
  table: 'network_interfaces',
  shapes: ['network-interface'],
  mapSql: () =>
    objectColumns(PLAN, {
      aws_region: `nullif(regexp_extract(r ->> '$.AvailabilityZone', '^[a-z-]+-\\d', 0), '')`,
      public_ip_address: `r ->> '$.Association.PublicIp'`,
      instance_id: `r ->> '$.Attachment.InstanceId'`,
      attach_time: `TRY_CAST(r ->> '$.Attachment.AttachTime' AS TIMESTAMPTZ)::TIMESTAMP`,
    }),
  timeColumn: null,
  idColumn: null,
});
