import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../src/main/db/database';
import { couldOf } from '../../../src/main/investigation/could';
import { ExhibitBook } from '../../../src/main/investigation/exhibits';
import { permissionsOf } from '../../../src/main/permissions';
import { evidenceDatabase } from '../../support/evidence';

const arn = (name: string) => `arn:aws:iam::111122223333:${name}`;
const document = (Action: string, Resource = '*') => ({ Statement: [{ Effect: 'Allow', Action, Resource }] });
const managed = (name: string, text: object | string) => ({
  PolicyName: name,
  PolicyId: `id-${name}`,
  Arn: arn(`policy/${name}`),
  DefaultVersionId: 'v2',
  PolicyVersionList: [
    { VersionId: 'v1', IsDefaultVersion: false, Document: document('*') },
    { VersionId: 'v2', IsDefaultVersion: true, Document: text },
  ],
});
const attached = (name: string) => ({ PolicyName: name, PolicyArn: arn(`policy/${name}`) });

let database: Database;
beforeAll(async () => {
  database = await evidenceDatabase({
    descriptions: [
      {
        UserDetailList: [
          {
            UserName: 'alice',
            UserId: 'A1',
            Arn: arn('user/alice'),
            GroupList: ['ops', 'gone'],
            UserPolicyList: [
              { PolicyName: 'own', PolicyDocument: document('s3:GetObject', 'arn:aws:s3:::a/*') },
            ],
            AttachedManagedPolicies: [attached('Unknown')],
            PermissionsBoundary: { PermissionsBoundaryArn: arn('policy/Edge') },
          },
          { UserName: 'bare', UserId: 'A2', Arn: arn('user/bare') },
        ],
        GroupDetailList: [
          {
            GroupName: 'ops',
            GroupId: 'G1',
            Arn: arn('group/ops'),
            GroupPolicyList: [],
            AttachedManagedPolicies: [attached('Ops')],
          },
        ],
        RoleDetailList: [],
        Policies: [
          managed('Ops', encodeURIComponent(JSON.stringify(document('*')))),
          managed('Edge', {
            Statement: [...document('s3:*').Statement, ...document('iam:CreateUser').Statement],
          }),
        ],
      },
    ],
  });
});
afterAll(() => database.close());

test('of a user: own, group and managed policies within the boundary, in their version in force', async () => {
  const permissions = await permissionsOf(database.main, arn('user/alice'));
  expect(permissions).toMatchObject({
    missing: [arn('policy/Unknown'), 'group gone'].sort((a, b) => b.localeCompare(a)),
    boundary: { arn: arn('policy/Edge'), evaluated: true },
    services: ['iam', 's3'],
  });
  expect(permissions?.policies.map((p) => p.name)).toEqual(['own', arn('policy/Ops')]);
  expect(permissions?.actions.map((a) => a.action)).toEqual([
    'iam:CreateUser',
    's3:GetObject',
    's3:PutBucketPolicy',
    's3:DeleteObject',
    's3:PutObject',
  ]);
});

test('a description without policies tells nothing, nor does none', async () => {
  expect(await permissionsOf(database.main, arn('user/bare'))).toBe(null);
  expect(await permissionsOf(database.main, arn('user/nobody'))).toBe(null);
});

test('did versus could cites the descriptions and says what is not evaluated', async () => {
  const permissions = await permissionsOf(database.main, arn('user/alice'));
  if (!permissions) throw new Error('alice is described');
  const told = await couldOf(
    permissions,
    [
      { eventSource: 's3.amazonaws.com', eventName: 'GetObject' },
      { eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
    ],
    'in this incident',
    new ExhibitBook(database.main),
  );
  expect(told[0]?.text).toContain(
    'user/alice holds own and policy/Ops, which allow 5 of the actions of high impact. Used in this incident: s3:GetObject. Allowed and not seen: persistence (iam:CreateUser), data theft',
  );
  expect(told[1]?.text).toContain(
    'may reach 2 services (iam and s3); in this incident it used ec2 and s3. Used though these policies do not allow it: ec2:RunInstances;',
  );
  expect(told[1]?.text).toContain(
    'The permissions boundary policy/Edge is taken into account. Without a document in the bundle:',
  );
  expect(told[1]?.text).toContain('Not evaluated: service and resource control policies');
  expect(told[0]?.exhibits.map((e) => e.kind)).toEqual(['iam-principal', 'iam-policy']);
});
