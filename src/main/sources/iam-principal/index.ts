import { objectColumns } from '../object-columns';
import { defineSource } from '../source';

const PLAN = [
  ['arn', 'VARCHAR', 'Arn'],
  ['name', 'VARCHAR', 'UserName', 'RoleName', 'GroupName'],
  ['id', 'VARCHAR', 'UserId', 'RoleId', 'GroupId'],
  ['path', 'VARCHAR', 'Path'],
  ['create_date', 'TIMESTAMP', 'CreateDate'],
  ['groups', 'JSON', 'GroupList'],
  ['inline_policies', 'JSON', 'UserPolicyList', 'RolePolicyList', 'GroupPolicyList'],
  ['attached_policies', 'JSON', 'AttachedManagedPolicies'],
  ['assume_role_policy', 'JSON', 'AssumeRolePolicyDocument'],
  ['tags', 'JSON', 'Tags'],
] as const;

export default defineSource({
  id: 'iam-principal',
  title: 'IAM users, groups and roles',
  formats: [
    'Answers of `aws iam get-account-authorization-details` as JSON: whole, paged, or its lists alone',
    'Answers of `aws iam list-users`, `list-roles` and `list-groups`, which tell no policies',
  ],
  table: 'iam_principals',
  shapes: ['iam-principal'],
  mapSql: () =>
    objectColumns(PLAN, {
      kind: `CASE WHEN json_exists(r, '$.UserName') THEN 'user' WHEN json_exists(r, '$.RoleName') THEN 'role' ELSE 'group' END`,
      account_id: `nullif(split_part(r ->> '$.Arn', ':', 5), '')`,
      permissions_boundary: `r ->> '$.PermissionsBoundary.PermissionsBoundaryArn'`,
      last_used: `TRY_CAST(r ->> '$.RoleLastUsed.LastUsedDate' AS TIMESTAMPTZ)::TIMESTAMP`,
    }),
  timeColumn: null,
  idColumn: null,
});
