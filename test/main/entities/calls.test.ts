import { afterEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/main/db/database';
import { buildEntities } from '../../../src/main/entities';
import { evidenceDatabase, type Evidence } from '../../support/evidence';
import { ACCOUNT, consoleUser, context, record, session, user } from './record';

let database: Database | undefined;
afterEach(() => database?.close());

async function built(evidence: Evidence): Promise<Database> {
  database = await evidenceDatabase(evidence);
  await buildEntities(context(database.main));
  return database;
}

async function call(fields: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const { main } = await built({ cloudtrail: [record(fields)] });
  return main.row('SELECT * FROM calls');
}

describe('who made a call', () => {
  const cases: readonly (readonly [
    string,
    Readonly<Record<string, unknown>>,
    Readonly<Record<string, unknown>>,
  ])[] = [
    [
      'a user with a key',
      user('ann', 'AKIAANN'),
      { principal: `arn:aws:iam::${ACCOUNT}:user/ann`, principal_type: 'user', session_key: 'AKIAANN' },
    ],
    [
      'a role session, by the role',
      session('web', 'i-0123456789abcdef0', 'ASIAWEB'),
      {
        principal: `arn:aws:iam::${ACCOUNT}:role/web`,
        principal_type: 'role',
        session_key: 'ASIAWEB',
        instance_id: 'i-0123456789abcdef0',
      },
    ],
    [
      'a role session without issuer',
      { type: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/web/job`, accountId: ACCOUNT },
      {
        principal: `arn:aws:iam::${ACCOUNT}:role/web`,
        session_key: `arn:aws:sts::${ACCOUNT}:assumed-role/web/job`,
      },
    ],
    [
      'a console session, by its sign-in',
      consoleUser('ann', 'ASIAONE', '2025-03-10T09:00:00Z'),
      { session_key: `arn:aws:iam::${ACCOUNT}:user/ann|2025-03-10T09:00:00Z`, mfa: true },
    ],
    [
      'root',
      { type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT },
      { principal: `arn:aws:iam::${ACCOUNT}:root`, principal_type: 'user' },
    ],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
      {
        principal: 'ec2.amazonaws.com',
        principal_type: 'service',
        session_key: 'service:ec2.amazonaws.com',
        is_service: true,
        source_ip: null,
      },
    ],
    [
      'a caller of another account',
      { type: 'AWSAccount', principalId: 'AIDAFOREIGN', accountId: '999988887777' },
      { principal: '999988887777', principal_type: 'account', session_key: 'AIDAFOREIGN' },
    ],
    [
      'a federated user',
      {
        type: 'FederatedUser',
        arn: `arn:aws:sts::${ACCOUNT}:federated-user/kit`,
        accountId: ACCOUNT,
        accessKeyId: 'ASIAFED',
        sessionContext: { sessionIssuer: { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/ann` } },
      },
      {
        principal: `arn:aws:sts::${ACCOUNT}:federated-user/kit`,
        principal_type: 'federatedUser',
        session_key: 'ASIAFED',
      },
    ],
    [
      'a subject of an identity provider',
      {
        type: 'WebIdentityUser',
        principalId: 'token:x',
        userName: 'repo:firm/app',
        identityProvider: 'oidc/github',
      },
      {
        principal: 'oidc/github/repo:firm/app',
        principal_type: 'federatedUser',
        session_key: 'token:x',
      },
    ],
    [
      'an Identity Center user',
      {
        type: 'IdentityCenterUser',
        accountId: ACCOUNT,
        onBehalfOf: { userId: 'u-1', identityStoreArn: 'arn:x' },
      },
      { principal: 'u-1', principal_type: 'federatedUser' },
    ],
    ['nobody', {}, { principal_type: 'account', principal: ACCOUNT }],
  ];
  it.each(cases)('%s', async (_, userIdentity, expected) => {
    expect(await call({ userIdentity })).toMatchObject(expected);
  });

  it('names a user whose sign-in record has only the name by the ARN of its other records', async () => {
    const { main } = await built({
      cloudtrail: [
        record({
          userIdentity: { ...user('ann', 'AKIAANN'), arn: `arn:aws:iam::${ACCOUNT}:user/staff/ann` },
        }),
        record({
          eventName: 'ConsoleLogin',
          eventType: 'AwsConsoleSignIn',
          userIdentity: { type: 'IAMUser', accountId: ACCOUNT, userName: 'ann' },
        }),
      ],
    });
    expect(await main.rows('SELECT DISTINCT principal FROM calls')).toEqual([
      { principal: `arn:aws:iam::${ACCOUNT}:user/staff/ann` },
    ]);
  });

  it('counts a refused console sign-in as a failure though it has no errorCode', async () => {
    const refused = {
      eventName: 'ConsoleLogin',
      eventType: 'AwsConsoleSignIn',
      errorMessage: 'Failed authentication',
      responseElements: { ConsoleLogin: 'Failure' },
    };
    expect(
      await call({ ...refused, userIdentity: { type: 'IAMUser', accountId: ACCOUNT, userName: 'ann' } }),
    ).toMatchObject({ error_code: 'Failed authentication' });
  });
});

describe('where a call came from', () => {
  const cases: readonly (readonly [string, string | null, string | null, string])[] = [
    ['203.0.113.7', '203.0.113.7', '203.0.113.0/24', 'public'],
    ['10.1.2.3', '10.1.2.3', '10.1.2.0/24', 'private'],
    ['100.64.1.1', '100.64.1.1', '100.64.1.0/24', 'private'],
    ['010.001.002.003', '010.001.002.003', '10.1.2.0/24', 'private'],
    ['2001:db8::1', '2001:db8::1', '2001:db8:0::/48', 'public'],
    ['2001:DB8:0a1:2::5', '2001:DB8:0a1:2::5', '2001:db8:a1::/48', 'public'],
    ['fd00::1', 'fd00::1', 'fd00:0:0::/48', 'private'],
    ['999.1.1.1', null, null, 'none'],
    ['cloudformation.amazonaws.com', null, null, 'aws-service'],
    ['AWS Internal', null, null, 'aws-service'],
    ["x'); DROP TABLE calls; --", null, null, 'none'],
  ];
  it.each(cases)('%s', async (sourceIPAddress, source_ip, source_net, ip_class) => {
    expect(await call({ sourceIPAddress, userIdentity: user('ann', 'AKIAANN') })).toMatchObject({
      source_ip,
      source_net,
      ip_class,
    });
  });
});

describe('with what a call was made', () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['aws-cli/2.15.0 Python/3.11.6 Linux/6.1.0 exe/x86_64.debian.12', 'aws-cli linux'],
    [
      'aws-cli/2.31.5 md/awscrt#0.27 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.13 exec-env/CloudShell',
      'aws-cli cloudshell',
    ],
    ['aws-cli/1.16.1 Python/3.7.4 Linux/4.19.0-kali5-amd64 botocore/1.12.3', 'aws-cli linux kali'],
    ['Boto3/1.26.1 Python/3.9 Windows/10 Botocore/1.29.1', 'boto3 windows'],
    ['[Boto3/1.26.1 Python/3.9 Darwin/21.6.0 Botocore/1.29.1]', 'boto3 macos'],
    ['aws-sdk-go-v2/1.17.0 os/macos lang/go/1.20 md/GOOS/darwin', 'aws-sdk-go-v2 macos'],
    [
      'APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (+https://www.terraform.io) aws-sdk-go/1.44 (go1.19; linux; amd64)',
      'terraform linux',
    ],
    ['stratus-red-team_39f95f43-cd2f-4beb-b69e-be60b6fe1f57', 'stratus-red-team'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36',
      'browser chrome macos',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0', 'browser firefox linux'],
    ['[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.488 Linux/5.10]', 'aws-console'],
    ['AWS Internal', 'aws-console'],
    ['secretsmanager.amazonaws.com', 'secretsmanager.amazonaws.com'],
    ['', null],
    ['(((', 'other'],
  ];
  it.each(cases)('%s', async (userAgent, ua_family) => {
    expect(await call({ userAgent, userIdentity: user('ann', 'AKIAANN') })).toMatchObject({ ua_family });
  });
});

describe('entities and activity', () => {
  it('count the records an entity made, and of what made none the records that name it', async () => {
    const { main } = await built({
      cloudtrail: [
        record({ userIdentity: user('ann', 'AKIAANN') }),
        record({
          userIdentity: user('ann', 'AKIAANN'),
          errorCode: 'AccessDenied',
          eventSource: 's3.amazonaws.com',
          eventName: 'GetBucketPolicy',
          requestParameters: { bucketName: 'plans' },
        }),
        record({
          userIdentity: user('ann', 'AKIAANN'),
          eventName: 'AssumeRole',
          requestParameters: { roleArn: `arn:aws:iam::${ACCOUNT}:role/idle` },
        }),
      ],
    });
    const rows = await main.rows<{
      entity_type: string;
      entity_id: string;
      label: string;
      events: number;
      failures: number;
    }>(
      "SELECT entity_type, entity_id, label, events, failures FROM entities WHERE entity_type IN ('user', 'bucket', 'role', 'address') ORDER BY entity_type",
    );
    expect(rows).toEqual([
      { entity_type: 'address', entity_id: '203.0.113.7', label: '203.0.113.7', events: 3, failures: 1 },
      { entity_type: 'bucket', entity_id: 'plans', label: 'plans', events: 1, failures: 1 },
      {
        entity_type: 'role',
        entity_id: `arn:aws:iam::${ACCOUNT}:role/idle`,
        label: 'idle',
        events: 1,
        failures: 0,
      },
      {
        entity_type: 'user',
        entity_id: `arn:aws:iam::${ACCOUNT}:user/ann`,
        label: 'ann',
        events: 3,
        failures: 1,
      },
    ]);
    expect(
      await main.row(
        'SELECT CAST(sum(succeeded) AS BIGINT) AS succeeded, CAST(sum(failed) AS BIGINT) AS failed FROM activity',
      ),
    ).toEqual({ succeeded: 2, failed: 1 });
  });
});
