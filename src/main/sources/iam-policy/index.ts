import { objectColumns } from '../object-columns';
import { defineSource } from '../source';

const PLAN = [
  ['arn', 'VARCHAR', 'Arn'],
  ['name', 'VARCHAR', 'PolicyName'],
  ['id', 'VARCHAR', 'PolicyId'],
  ['path', 'VARCHAR', 'Path'],
  ['default_version_id', 'VARCHAR', 'DefaultVersionId'],
  ['attachment_count', 'BIGINT', 'AttachmentCount'],
  ['create_date', 'TIMESTAMP', 'CreateDate'],
  ['update_date', 'TIMESTAMP', 'UpdateDate'],
  ['versions', 'JSON', 'PolicyVersionList'],
] as const;

const DEFAULT_VERSION = `list_filter(CAST(CASE WHEN json_type(r, '$.PolicyVersionList') = 'ARRAY' THEN json_extract(r, '$.PolicyVersionList') ELSE '[]' END AS JSON[]),
    v -> coalesce((v ->> '$.IsDefaultVersion') = 'true', false))`;

export default defineSource({
  id: 'iam-policy',
  title: 'IAM managed policies',
  formats: [
    'Policies of `aws iam get-account-authorization-details`, with their versions; of `list-policies`, without',
  ],
  table: 'iam_policies',
  shapes: ['iam-policy'],
  mapSql: () => objectColumns(PLAN, { document: `(${DEFAULT_VERSION})[1] -> '$.Document'` }),
  timeColumn: null,
  idColumn: null,
});
