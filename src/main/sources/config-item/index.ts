import { objectColumns } from '../object-columns';
import { defineSource } from '../source';

const PLAN = [
  ['account_id', 'VARCHAR', 'awsAccountId', 'accountId'],
  ['aws_region', 'VARCHAR', 'awsRegion'],
  ['resource_type', 'VARCHAR', 'resourceType'],
  ['resource_id', 'VARCHAR', 'resourceId'],
  ['resource_name', 'VARCHAR', 'resourceName'],
  ['arn', 'VARCHAR', 'ARN', 'arn'],
  ['capture_time', 'TIMESTAMP', 'configurationItemCaptureTime'],
  ['status', 'VARCHAR', 'configurationItemStatus'],
  ['resource_creation_time', 'TIMESTAMP', 'resourceCreationTime'],
  ['tags', 'JSON', 'tags'],
  ['relationships', 'JSON', 'relationships'],
] as const;

export default defineSource({
  id: 'config-item',
  title: 'AWS Config items',
  formats: [
    'Configuration snapshots and history files of a delivery channel',
    'Answers of `aws configservice get-resource-config-history` and `batch-get-resource-config`',
    'Configuration item changes as EventBridge events and SNS messages',
  ],
  table: 'config_items',
  shapes: ['config-item'],
  mapSql: () =>
    objectColumns(
      PLAN,
      {
        configuration: `CASE WHEN json_valid(r ->> '$.configuration') THEN CAST(nullif(r ->> '$.configuration', 'null') AS JSON) END`,
      },
      ['configuration'],
    ),
  timeColumn: null,
  idColumn: null,
});
