import { objectColumns } from '../object-columns';
import { defineSource } from '../source';
import { withDelivery } from '../with-delivery';

const PLAN = [
  ['instance_id', 'VARCHAR', 'InstanceId'],
  ['launch_time', 'TIMESTAMP', 'LaunchTime'],
  ['instance_type', 'VARCHAR', 'InstanceType'],
  ['image_id', 'VARCHAR', 'ImageId'],
  ['key_name', 'VARCHAR', 'KeyName'],
  ['private_ip_address', 'VARCHAR', 'PrivateIpAddress'],
  ['public_ip_address', 'VARCHAR', 'PublicIpAddress'],
  ['ipv6_address', 'VARCHAR', 'Ipv6Address'],
  ['vpc_id', 'VARCHAR', 'VpcId'],
  ['subnet_id', 'VARCHAR', 'SubnetId'],
  ['network_interfaces', 'JSON', 'NetworkInterfaces'],
  ['security_groups', 'JSON', 'SecurityGroups'],
  ['tags', 'JSON', 'Tags'],
] as const;

export default defineSource({
  id: 'ec2-instance',
  title: 'EC2 instances',
  formats: [
    'Answers of `aws ec2 describe-instances` and `run-instances` as JSON: whole, paged, or what `--query` left (reservations, instances)',
  ],
  table: 'ec2_instances',
  shapes: ['ec2-instance'],
  mapSql: () =>
    objectColumns(
      PLAN,
      {
        account_id: `coalesce(r ->> '$."@log".owner', r ->> '$.NetworkInterfaces[0].OwnerId')`,
        aws_region: `nullif(regexp_extract(r ->> '$.Placement.AvailabilityZone', '^[a-z-]+-\\d', 0), '')`,
        state: `r ->> '$.State.Name'`,
        iam_instance_profile: `r ->> '$.IamInstanceProfile.Arn'`,
      },
      ['@log'],
    ),
  normalise: (_shape, text, delivery) => (delivery ? withDelivery(text, delivery) : text),
  timeColumn: null,
  idColumn: null,
});
