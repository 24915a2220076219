import { describe, expect, test } from 'vitest';
import { record, user } from '../entities/record';
import { findingsOf } from './findings-of';

const at = (day: number, time: string) => `2025-03-${String(day).padStart(2, '0')}T${time}Z`;
const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const minute = (i: number) => `10:${String(i).padStart(2, '0')}:00`;
const told = async (id: string, cloudtrail: readonly object[]) =>
  (await findingsOf(id, { cloudtrail })).map((f) => f.severity);

describe('ct-denied-apis, many different APIs denied', () => {
  const APIS = ['ListUsers', 'ListBuckets', 'DescribeInstances', 'ListSecrets', 'GetAccountSummary'];
  const call = (i: number, apis: number, fields: object = {}) =>
    record({
      eventTime: at(3, minute(i)),
      eventSource: 'iam.amazonaws.com',
      eventName: APIS[i % apis],
      errorCode: 'AccessDenied',
      userIdentity: user('alice', 'AKIAALICE'),
      ...fields,
    });
  const denied = (n: number, apis: number, fields: object = {}) => range(n).map((i) => call(i, apis, fields));

  test.each([
    'AccessDenied',
    'AccessDeniedException',
    'Client.UnauthorizedOperation',
    'UnauthorizedOperation',
    'AuthorizationError',
    'AuthorizationErrorException',
    'NotAuthorized',
  ])('refused as %s', async (errorCode) => {
    expect(await told('ct-denied-apis', denied(10, 5, { errorCode }))).toEqual(['medium']);
  });

  test('quiet: one call refused again and again, other errors, AWS itself, spread over the day', async () => {
    expect(await told('ct-denied-apis', denied(30, 2))).toEqual([]);
    expect(await told('ct-denied-apis', denied(10, 5, { errorCode: 'ThrottlingException' }))).toEqual([]);
    const service = { type: 'AWSService', invokedBy: 'config.amazonaws.com' };
    expect(
      await told(
        'ct-denied-apis',
        denied(10, 5, { userIdentity: service, sourceIPAddress: 'config.amazonaws.com' }),
      ),
    ).toEqual([]);
    const spread = range(10).map((i) =>
      call(i, 5, { eventTime: at(3, `${String(i + 8).padStart(2, '0')}:00:00`) }),
    );
    expect(await told('ct-denied-apis', spread)).toEqual([]);
  });
});

describe('ct-looking-around, many services asked what they hold', () => {
  const ASKED = [
    ['sts', 'GetCallerIdentity'],
    ['ec2', 'DescribeSnapshots'],
    ['kms', 'ListKeys'],
    ['iam', 'ListGroups'],
    ['ssm', 'DescribeParameters'],
    ['guardduty', 'ListDetectors'],
    ['ses', 'GetSendQuota'],
    ['secretsmanager', 'ListSecrets'],
  ] as const;
  const asks = (day: number, n: number, fields: object = {}) =>
    ASKED.slice(0, n).map(([service, eventName], i) =>
      record({
        eventTime: at(day, minute(5 * i)),
        eventSource: `${service}.amazonaws.com`,
        eventName,
        userAgent: 'aws-cli/2.17.18 md/awscrt#0.20.11',
        userIdentity: user('alice', 'AKIAALICE'),
        ...fields,
      }),
    );

  test('medium when it asks who it is, about rights and about guards', async () => {
    expect(await told('ct-looking-around', asks(3, 8))).toEqual(['medium']);
  });

  test('low without such questions', async () => {
    const plain = [
      ['ec2', 'DescribeInstances'],
      ['ec2', 'DescribeVolumes'],
      ['kms', 'ListKeys'],
      ['rds', 'DescribeDBInstances'],
      ['lambda', 'ListFunctions20150331'],
      ['s3', 'ListBuckets'],
      ['dynamodb', 'ListTables'],
    ].map(([service, eventName], i) =>
      record({
        eventTime: at(3, minute(i)),
        eventSource: `${String(service)}.amazonaws.com`,
        eventName,
        userAgent: 'aws-cli/2.17.18',
        userIdentity: user('alice', 'AKIAALICE'),
      }),
    );
    expect(await told('ct-looking-around', plain)).toEqual(['low']);
  });

  test('quiet: few services, the console, Terraform, and what was asked on an earlier day', async () => {
    expect(await told('ct-looking-around', asks(3, 5))).toEqual([]);
    expect(await told('ct-looking-around', asks(3, 8, { userAgent: 'Mozilla/5.0 Chrome/120.0' }))).toEqual(
      [],
    );
    expect(await told('ct-looking-around', asks(3, 8, { userAgent: 'HashiCorp Terraform/1.5.0' }))).toEqual(
      [],
    );
    const daily = await findingsOf('ct-looking-around', { cloudtrail: [...asks(3, 8), ...asks(4, 8)] });
    expect(daily.map((f) => f.event_count)).toEqual([8]);
  });
});

describe('ct-bucket-sweep, settings of many buckets', () => {
  const asks = (buckets: number, kinds: number, fields: object = {}) =>
    range(buckets).flatMap((b) =>
      ['GetBucketPolicy', 'GetBucketAcl', 'GetBucketLocation'].slice(0, kinds).map((eventName) =>
        record({
          eventTime: at(3, minute(b)),
          eventSource: 's3.amazonaws.com',
          eventName,
          requestParameters: { bucketName: `bucket-${String(b)}` },
          userAgent: '[S3 Browser/10.9.9 (https://s3browser.com)]',
          userIdentity: user('alice', 'AKIAALICE'),
          ...fields,
        }),
      ),
    );

  test('eight buckets, two kinds of settings', async () => {
    expect(await told('ct-bucket-sweep', asks(8, 2))).toEqual(['medium']);
  });

  test('quiet: fewer buckets, one kind, the list of the console', async () => {
    expect(await told('ct-bucket-sweep', asks(7, 3))).toEqual([]);
    expect(await told('ct-bucket-sweep', asks(12, 1))).toEqual([]);
    expect(
      await told('ct-bucket-sweep', asks(12, 3, { userAgent: '[S3Console/0.4, aws-internal/3]' })),
    ).toEqual([]);
  });
});
