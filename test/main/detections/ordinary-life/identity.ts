import { by, call, fires, linked, quiet, range, type Call } from './case';

const document = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const inline = (policyDocument: string) =>
  call('iam', 'PutRolePolicy', { roleName: 'r', policyName: 'p', policyDocument });
const ADMIN = ':iam::aws:policy/AdministratorAccess';
const login = (userName: string, result: string, more: object = {}) =>
  call('signin', 'ConsoleLogin', undefined, {
    eventType: 'AwsConsoleSignIn',
    userIdentity: { type: 'IAMUser', principalId: 'AIDA', accountId: '111122223333', userName },
    responseElements: { ConsoleLogin: result },
    additionalEventData: { MFAUsed: 'Yes' },
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/128.0',
    ...more,
  });

/** Identities, rights, keys and secrets. */
export const identity: readonly Call[] = [
  ...['arn:aws', 'arn:aws-us-gov', 'arn:aws-cn'].flatMap((partition) => [
    fires(
      'ct-pe-009',
      `rights of an administrator in ${partition}`,
      call('iam', 'AttachUserPolicy', { userName: 'u', policyArn: partition + ADMIN }),
    ),
    fires(
      'ct-pe-010',
      `the same for a role in ${partition}`,
      call('iam', 'AttachRolePolicy', { roleName: 'r', policyArn: partition + ADMIN }),
    ),
  ]),
  quiet(
    'ct-pe-009',
    'a lesser policy',
    call('iam', 'AttachUserPolicy', { userName: 'u', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
  ),
  quiet(
    'ct-pe-009',
    'one of the customer with such a name',
    call('iam', 'AttachUserPolicy', {
      userName: 'u',
      policyArn: 'arn:aws:iam::111122223333:policy/NotAdministratorAccess',
    }),
  ),
  quiet(
    'ct-pe-010',
    'Identity Center at work',
    call('iam', 'AttachRolePolicy', { roleName: 'r', policyArn: `arn:aws${ADMIN}` }, linked('sso', 'SSO')),
  ),
  fires(
    'ct-pe-012',
    'everything, as the second of two actions',
    inline(document({ Effect: 'Allow', Action: ['s3:Get*', '*'], Resource: '*' })),
  ),
  fires(
    'ct-pe-012',
    'everything, written *:*',
    inline(document({ Effect: 'Allow', Action: '*:*', Resource: '*' })),
  ),
  fires(
    'ct-pe-012',
    'a managed policy',
    call('iam', 'CreatePolicy', {
      policyName: 'p',
      policyDocument: document({ Effect: 'Allow', Action: 'iam:*', Resource: '*' }),
    }),
  ),
  quiet(
    'ct-pe-012',
    'the sessions of a role ended',
    inline(
      document({
        Effect: 'Deny',
        Action: ['*'],
        Resource: ['*'],
        Condition: { DateLessThan: { 'aws:TokenIssueTime': '2025-03-10T00:00:00Z' } },
      }),
    ),
  ),
  quiet(
    'ct-pe-012',
    'all of one service',
    inline(document({ Effect: 'Allow', Action: 's3:*', Resource: '*' })),
  ),
  quiet('ct-pe-002', 'an own key, asked for without a name', call('iam', 'CreateAccessKey', null)),
  quiet(
    'ct-pe-002',
    'an own key, asked for by name',
    call('iam', 'CreateAccessKey', { userName: 'alice' }, by('alice')),
  ),
  fires(
    'ct-pe-002',
    'a key for somebody else',
    call('iam', 'CreateAccessKey', { userName: 'bob' }, by('alice')),
  ),
  fires(
    'ct-pe-004',
    'a key for root',
    call('iam', 'CreateAccessKey', null, {
      userIdentity: {
        type: 'Root',
        principalId: '111122223333',
        arn: 'arn:aws:iam::111122223333:root',
        accountId: '111122223333',
        accessKeyId: 'ASIAROOT',
      },
    }),
  ),
  quiet('ct-pe-015', 'a limit set', call('iam', 'PutRolePermissionsBoundary', { roleName: 'r' })),
  quiet(
    'ct-pe-019',
    'an own second factor',
    call('iam', 'EnableMFADevice', { userName: 'alice' }, by('alice')),
  ),
  fires(
    'ct-pe-019',
    'a second factor for somebody else',
    call('iam', 'EnableMFADevice', { userName: 'bob' }, by('alice')),
  ),
  fires(
    'ct-pe-019',
    'the own second factor taken away',
    call('iam', 'DeactivateMFADevice', { userName: 'alice' }, by('alice')),
  ),
  quiet(
    'ct-pe-020',
    'the console before it was told apart',
    call(
      'iam',
      'CreateUser',
      { userName: 'u' },
      {
        eventVersion: '1.05',
        userAgent: 'console.amazonaws.com',
        userIdentity: {
          type: 'IAMUser',
          arn: 'arn:aws:iam::111122223333:user/alice',
          accountId: '111122223333',
          accessKeyId: 'ASIAOLD',
          userName: 'alice',
        },
      },
    ),
  ),
  fires(
    'ct-pe-020',
    'a client that calls itself the console',
    call(
      'iam',
      'CreateUser',
      { userName: 'u' },
      {
        eventVersion: '1.09',
        userAgent: 'console.amazonaws.com',
        userIdentity: {
          type: 'IAMUser',
          arn: 'arn:aws:iam::111122223333:user/alice',
          accountId: '111122223333',
          accessKeyId: 'ASIANEW',
          userName: 'alice',
        },
      },
    ),
  ),
  quiet('ct-pe-023', 'a new colleague', call('identitystore', 'CreateUser', { userName: 'new' })),
  fires(
    'ct-pe-023',
    'rights in an account',
    call('sso', 'CreateAccountAssignment', { targetId: '111122223333' }),
  ),
  quiet(
    'ct-ia-008',
    'two typing errors',
    range(2).map(() => login('carl', 'Failure')),
  ),
  fires(
    'ct-ia-008',
    'guessing at the second factor',
    range(4).map(() => login('dora', 'Failure')),
  ),
  quiet(
    'ct-lm-003',
    'a program that tries the same role again and again',
    range(20).map(() =>
      call('sts', 'AssumeRole', null, {
        errorCode: 'AccessDenied',
        errorMessage:
          'User: arn:aws:iam::111122223333:user/x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/deploy',
      }),
    ),
  ),
  fires(
    'ct-lm-003',
    'many roles',
    range(6).map((i) =>
      call('sts', 'AssumeRole', null, {
        errorCode: 'AccessDenied',
        errorMessage: `User: x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/r${String(i)}`,
      }),
    ),
  ),
  quiet(
    'ct-ca-005',
    'an operator that keeps three secrets in step',
    range(40).map((i) => call('secretsmanager', 'GetSecretValue', { secretId: `s${String(i % 3)}` })),
  ),
  fires(
    'ct-ca-005',
    'twelve secrets',
    range(12).map((i) => call('secretsmanager', 'GetSecretValue', { secretId: `s${String(i)}` })),
  ),
  quiet(
    'ct-ca-007',
    'a function that reads its parameters at every start',
    range(10).map(() =>
      call('ssm', 'GetParametersByPath', { path: '/app', withDecryption: true, recursive: true }),
    ),
  ),
  fires(
    'ct-ca-007',
    'all parameters, ten at a time',
    range(4).map((i) =>
      call('ssm', 'GetParameters', {
        names: range(10).map((k) => `/p/${String(i)}/${String(k)}`),
        withDecryption: true,
      }),
    ),
  ),
  quiet(
    'ct-di-007',
    'the console page of the mail service',
    ['GetAccount', 'GetSendQuota', 'ListEmailIdentities'].map((name) =>
      call('ses', name, null, { userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/128.0' }),
    ),
  ),
  quiet(
    'ct-ia-011',
    'a policy of another name',
    call('iam', 'AttachUserPolicy', { userName: 'u', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
  ),
];
