import { objectColumns, type ObjectColumn } from '../object-columns';
import { defineSource } from '../source';

const COLUMNS: readonly (readonly [column: string, type: ObjectColumn[1]])[] = [
  ['arn', 'VARCHAR'],
  ['user_creation_time', 'TIMESTAMP'],
  ['password_enabled', 'BOOLEAN'],
  ['password_last_used', 'TIMESTAMP'],
  ['password_last_changed', 'TIMESTAMP'],
  ['password_next_rotation', 'TIMESTAMP'],
  ['mfa_active', 'BOOLEAN'],
  ['access_key_1_active', 'BOOLEAN'],
  ['access_key_1_last_rotated', 'TIMESTAMP'],
  ['access_key_1_last_used_date', 'TIMESTAMP'],
  ['access_key_1_last_used_region', 'VARCHAR'],
  ['access_key_1_last_used_service', 'VARCHAR'],
  ['access_key_2_active', 'BOOLEAN'],
  ['access_key_2_last_rotated', 'TIMESTAMP'],
  ['access_key_2_last_used_date', 'TIMESTAMP'],
  ['access_key_2_last_used_region', 'VARCHAR'],
  ['access_key_2_last_used_service', 'VARCHAR'],
];

export default defineSource({
  id: 'credential-report',
  title: 'IAM credential report',
  formats: ['The CSV of the console, and the answer of `aws iam get-credential-report` around it'],
  table: 'iam_credential_report',
  shapes: ['credential-report'],
  mapSql: () =>
    objectColumns(
      [['user_name', 'VARCHAR', 'user'], ...COLUMNS.map(([name, type]) => [name, type, name] as const)],
      { account_id: `nullif(split_part(r ->> '$.arn', ':', 5), '')` },
    ),
  timeColumn: null,
  idColumn: null,
});
