import { expect, test } from 'vitest';
import { decide, type HeldPolicy } from '../../../src/main/permissions/evaluate';
import { isLike, statementsOf } from '../../../src/main/permissions/policy';
import { actionOf } from '../../../src/main/permissions/used';

const PLACE = { source: 'iam-policy', fileId: 1, recordNo: 1 };
const policy = (...statements: object[]): HeldPolicy => ({
  name: 'p',
  statements: statementsOf({ Statement: statements }) ?? [],
  place: PLACE,
});
const allow = (Action: unknown, Resource: unknown = '*', Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  Condition,
});
const deny = (Action: unknown, Resource: unknown = '*', Condition?: object) => ({
  Effect: 'Deny',
  Action,
  Resource,
  Condition,
});
const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };

test.each([
  ['allow', [allow('iam:*')], 'allowed', false],
  ['any case, one letter', [allow('IAM:createUse?')], 'allowed', false],
  ['another service', [allow('s3:*')], 'denied', false],
  ['nothing at all', [], 'denied', false],
  ['a list', [allow(['s3:*', 'iam:Create*'])], 'allowed', false],
  ['all but', [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }], 'allowed', false],
  ['all but itself', [{ Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' }], 'denied', false],
  ['some resources', [allow('*', 'arn:aws:iam::1:user/a')], 'allowed', true],
  ['a condition', [allow('*', '*', MFA)], 'conditional', false],
  ['an empty condition', [allow('*', '*', {})], 'allowed', false],
  ['a plain one beside a condition', [allow('*', '*', MFA), allow('iam:*')], 'allowed', false],
  ['deny', [allow('*'), deny('iam:*')], 'denied', false],
  ['deny of some resources', [allow('*'), deny('iam:*', 'arn:aws:iam::1:user/a')], 'allowed', true],
  ['deny under a condition', [allow('*'), deny('*', '*', MFA)], 'allowed', true],
  ['deny of all but', [allow('*'), { Effect: 'Deny', NotAction: 'sts:*', Resource: '*' }], 'denied', false],
  ['no effect', [{ Effect: 'allow', Action: '*', Resource: '*' }], 'denied', false],
  ['odd parts', [allow(7), allow({ a: 1 }), { Effect: 'Allow' }], 'denied', false],
] as const)('%s', (_name, statements, state, limited) => {
  expect(decide('iam:CreateUser', [policy(...statements)], null)).toMatchObject({ state, limited });
});

test.each([
  ['within', [allow('iam:*')], 'allowed'],
  ['outside', [allow('s3:*')], 'denied'],
  ['under a condition', [allow('*', '*', MFA)], 'conditional'],
  ['denied by it', [allow('*'), deny('iam:CreateUser')], 'denied'],
] as const)('a boundary: %s', (_name, statements, state) => {
  const boundary = statementsOf({ Statement: statements });
  expect(decide('iam:CreateUser', [policy(allow('*'))], boundary).state).toBe(state);
});

test('documents are objects, JSON or URL-encoded JSON; one statement needs no list', () => {
  const text = JSON.stringify({ Statement: allow('s3:*') });
  for (const document of [JSON.parse(text), text, encodeURIComponent(text)])
    expect(statementsOf(document)?.[0]?.covers('s3:GetObject')).toBe(true);
  for (const document of ['%%%', '{', 7, null, []]) expect(statementsOf(document)).toBe(null);
});

test('hostile patterns end', () => {
  expect(isLike('iam:CreateUser'.repeat(50), `${'*a'.repeat(2000)}b`)).toBe(false);
  expect(isLike('iam:createuser', '*:*')).toBe(true);
  expect(isLike('a*', 'a?')).toBe(true);
});

test('calls need actions, by the spelling of their service', () => {
  expect(actionOf('iam.amazonaws.com', 'CreateUser')).toBe('iam:CreateUser');
  expect(actionOf('lambda.amazonaws.com', 'UpdateFunctionCode20150331v2')).toBe('lambda:UpdateFunctionCode');
  expect(actionOf('s3.amazonaws.com', 'DeleteObjects')).toBe('s3:DeleteObject');
  expect(actionOf('monitoring.amazonaws.com', 'PutMetricAlarm')).toBe('cloudwatch:PutMetricAlarm');
});
