import { afterAll, beforeAll, expect, test } from 'vitest';
import { locateAddresses } from '../../../src/main/baselines/geography';
import type { Database } from '../../../src/main/db/database';
import { buildEntities } from '../../../src/main/entities';
import { entityFacts } from '../../../src/main/queries/entity-facts';
import { emptyDerived, evidenceDatabase } from '../../support/evidence';
import { record, user } from '../entities/record';

const ALICE = 'arn:aws:iam::111122223333:user/alice';
const INSTANCE = 'i-0a1b2c3d4e5f60718';

let database: Database;
beforeAll(async () => {
  const row = {
    user: 'alice',
    arn: ALICE,
    mfa_active: 'false',
    password_enabled: 'true',
    password_last_used: '2025-03-01T08:00:00+00:00',
    access_key_1_active: 'true',
    access_key_1_last_rotated: '2024-03-10T00:00:00+00:00',
    access_key_1_last_used_date: '2025-03-09T00:00:00+00:00',
    access_key_1_last_used_region: 'eu-west-1',
    access_key_1_last_used_service: 's3',
    access_key_2_active: 'false',
    access_key_2_last_rotated: 'N/A',
  };
  database = await evidenceDatabase({
    cloudtrail: [record({ userIdentity: user('alice', 'AKIAIOSFODNN7EXAMPLE') })],
    descriptions: [
      row,
      {
        InstanceId: INSTANCE,
        ImageId: 'ami-1',
        PrivateIpAddress: '203.0.113.7',
        Tags: [
          { Key: 'Name', Value: '<b>web</b>' },
          { Key: 'team"]$', Value: 'ops' },
        ],
      },
      {
        syncToken: '1',
        createDate: '2025-03-01-00-00-00',
        prefixes: [{ ip_prefix: '203.0.113.0/24', region: 'eu-west-1', service: 'EC2' }],
      },
    ],
  });
  await emptyDerived(database.main);
  await buildEntities({ connection: database.main, baselineDays: 14, progress: () => undefined });
  await locateAddresses(database.main);
});
afterAll(() => database.close());

const told = async (type: 'user' | 'instance' | 'address' | 'bucket', id: string) =>
  (await entityFacts(database.main, { type, id })).map((f) => [
    f.text.replace(/; as of [\d-]+/, ''),
    f.exhibits[0]?.kind,
  ]);

test('of a user: MFA, password and keys with their age at the last record', async () => {
  expect(await told('user', ALICE)).toEqual([
    [
      'Credential report: MFA not active; password enabled, last used 2025-03-01 08:00:00 UTC; access key 1 active, made 2024-03-10 (365 days old at the last record), last used 2025-03-09 for s3 in eu-west-1.',
      'credential-report',
    ],
  ]);
});

test('of an instance: name, tags and addresses', async () => {
  expect(await told('instance', INSTANCE)).toEqual([
    ['Name <b>web</b>; tags Name=<b>web</b>, team"]$=ops.', 'ec2-instance'],
    ['Instance, image ami-1.', 'ec2-instance'],
    [`203.0.113.7 belongs to instance <b>web</b> (${INSTANCE}).`, 'ec2-instance'],
  ]);
});

test('of an address: its instance, and the service of AWS', async () => {
  expect(await told('address', '203.0.113.7')).toEqual([
    [`203.0.113.7 belongs to instance <b>web</b> (${INSTANCE}).`, 'ec2-instance'],
    [
      '203.0.113.7 is an address of AWS EC2 in eu-west-1, as ip-ranges.json of 2025-03-01 says; any customer of AWS may have rented it.',
      'ip-range',
    ],
  ]);
  expect(await told('bucket', 'nothing')).toEqual([]);
});
