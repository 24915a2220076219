import { objectColumns } from '../object-columns';
import { defineSource } from '../source';
import { withDelivery } from '../with-delivery';

const PLAN = [
  ['prefix', 'VARCHAR', 'ip_prefix', 'ipv6_prefix'],
  ['aws_region', 'VARCHAR', 'region'],
  ['service', 'VARCHAR', 'service'],
  ['network_border_group', 'VARCHAR', 'network_border_group'],
] as const;

export default defineSource({
  id: 'ip-range',
  title: 'AWS address ranges',
  formats: ['ip-ranges.json as AWS publishes it'],
  table: 'aws_ip_ranges',
  shapes: ['ip-range'],
  mapSql: () =>
    objectColumns(
      PLAN,
      {
        published: `TRY_CAST(try_strptime(r ->> '$."@log".time', '%Y-%m-%d-%H-%M-%S') AS TIMESTAMP)`,
      },
      ['@log'],
    ),
  normalise: (_shape, text, delivery) => (delivery ? withDelivery(text, delivery) : text),
  timeColumn: null,
  idColumn: null,
});
