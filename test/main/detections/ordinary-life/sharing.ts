import { call, fires, quiet, range, type Call } from './case';

const OTHER = '999988887777';
const OWN = '111122223333';
const policy = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const allow = (principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 's3:GetObject',
  Resource: '*',
  ...more,
});
const onlyTls = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const bucket = (bucketPolicy: object) => call('s3', 'PutBucketPolicy', { bucketName: 'files', bucketPolicy });
const key = (document: object) =>
  call('kms', 'PutKeyPolicy', { keyId: 'k', policyName: 'default', policy: JSON.stringify(document) });
const ingress = (...items: object[]) =>
  call('ec2', 'AuthorizeSecurityGroupIngress', { groupId: 'sg-1', ipPermissions: { items } });
const open = (fromPort: number, toPort = fromPort, six = false) => ({
  ipProtocol: 'tcp',
  fromPort,
  toPort,
  groups: {},
  ipRanges: six ? {} : { items: [{ cidrIp: '0.0.0.0/0' }] },
  ipv6Ranges: six ? { items: [{ cidrIpv6: '::/0' }] } : {},
  prefixListIds: {},
});
const snapshot = (item: object) =>
  call('ec2', 'ModifySnapshotAttribute', {
    snapshotId: 'snap-1',
    createVolumePermission: { add: { items: [item] } },
    attributeType: 'CREATE_VOLUME_PERMISSION',
  });

/** What is opened to others, and what only looks like it. */
export const sharing: readonly Call[] = [
  ...(
    [
      ['everybody', '*'],
      ['everybody in a map', { AWS: '*' }],
      ['everybody in a list', { AWS: ['*'] }],
      ['another account', { AWS: `arn:aws:iam::${OTHER}:root` }],
      ['another account beside the own one', { AWS: [OWN, OTHER] }],
      ['an account by its number', { AWS: OTHER }],
    ] as const
  ).flatMap(([what, principal]) => [
    fires('ct-ef-005', `bucket for ${what}`, bucket(policy(allow(principal)))),
    fires('ct-im-008-outside', `key for ${what}`, key(policy(onlyTls, allow(principal)))),
  ]),
  fires('ct-ef-005', 'a single statement that is no list', bucket({ Statement: allow('*') })),
  fires(
    'ct-ef-005',
    'everybody but one',
    bucket(
      policy({ ...allow('*'), Principal: undefined, NotPrincipal: { AWS: `arn:aws:iam::${OWN}:root` } }),
    ),
  ),
  fires(
    'ct-ef-005',
    'everybody outside the organization',
    bucket(policy(allow('*', { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-own' } } }))),
  ),
  fires(
    'ct-ef-005',
    'everybody, or one organization where it is told',
    bucket(policy(allow('*', { Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-own' } } }))),
  ),
  fires(
    'ct-ef-005',
    'everybody from one address',
    bucket(policy(allow('*', { Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.7/32' } } }))),
  ),
  fires(
    'ct-ef-005',
    'everybody, narrowed to another account',
    bucket(policy(allow('*', { Condition: { StringEquals: { 'aws:PrincipalAccount': OTHER } } }))),
  ),
  fires(
    'ct-ef-005',
    'an access point',
    call('s3', 'PutAccessPointPolicy', { name: 'ap', policy: JSON.stringify(policy(allow({ AWS: OTHER }))) }),
  ),
  quiet(
    'ct-ef-005',
    'the denial of plain HTTP',
    bucket(policy(onlyTls, allow({ AWS: `arn:aws:iam::${OWN}:role/a` }))),
  ),
  quiet(
    'ct-ef-005',
    'the own organization',
    bucket(policy(allow('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-own' } } }))),
  ),
  quiet(
    'ct-ef-005',
    'logs of load balancers',
    bucket(policy(allow({ AWS: 'arn:aws:iam::054676820928:root' }))),
  ),
  quiet(
    'ct-ef-005',
    'a distribution of CloudFront',
    bucket(
      policy(
        allow({ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' }),
        allow({ Service: 'cloudfront.amazonaws.com' }),
      ),
    ),
  ),
  quiet(
    'ct-im-008-outside',
    'the key of a service, for callers of the account',
    key(
      policy(
        allow(
          { AWS: '*' },
          {
            Condition: {
              StringEquals: { 'kms:CallerAccount': OWN, 'kms:ViaService': 'ebs.eu-central-1.amazonaws.com' },
            },
          },
        ),
      ),
    ),
  ),
  fires(
    'ct-im-008-outside',
    'a grant for another account',
    call('kms', 'CreateGrant', {
      keyId: 'k',
      granteePrincipal: `arn:aws:iam::${OTHER}:root`,
      operations: ['Decrypt'],
    }),
  ),
  quiet(
    'ct-im-008-outside',
    'a grant for the own role',
    call('kms', 'CreateGrant', {
      keyId: 'k',
      granteePrincipal: `arn:aws:iam::${OWN}:role/a`,
      operations: ['Decrypt'],
    }),
  ),
  fires(
    'ct-ef-021',
    'a queue for everybody',
    call('sqs', 'SetQueueAttributes', {
      queueUrl: 'q',
      attributes: { Policy: JSON.stringify(policy(allow('*'))) },
    }),
  ),
  quiet(
    'ct-ef-021',
    'a queue for a topic of the account',
    call('sqs', 'SetQueueAttributes', {
      queueUrl: 'q',
      attributes: {
        Policy: JSON.stringify(
          policy(
            allow('*', {
              Condition: { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:eu-central-1:${OWN}:t` } },
            }),
          ),
        ),
      },
    }),
  ),
  quiet(
    'ct-ef-021',
    'an attribute that is no policy',
    call('sns', 'SetTopicAttributes', {
      topicArn: 't',
      attributeName: 'DisplayName',
      attributeValue: 'News for *',
    }),
  ),
  fires(
    'ct-pe-007-outside',
    'a role for another account, with an external id',
    call('iam', 'UpdateAssumeRolePolicy', {
      roleName: 'r',
      policyDocument: JSON.stringify(
        policy({
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${OTHER}:root` },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': 'x' } },
        }),
      ),
    }),
  ),
  quiet(
    'ct-pe-008',
    'a role for a service',
    call('iam', 'CreateRole', {
      roleName: 'r',
      assumeRolePolicyDocument: JSON.stringify(
        policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      ),
    }),
  ),
  fires('ct-ef-001', 'a snapshot for another account', snapshot({ userId: OTHER })),
  fires('ct-ef-001', 'a snapshot for everybody', snapshot({ group: 'all' })),
  quiet('ct-ef-001', 'a snapshot for an account of the firm', snapshot({ userId: '222233334444' })),
  fires(
    'ct-ef-002',
    'an image for an organization',
    call('ec2', 'ModifyImageAttribute', {
      imageId: 'ami-1',
      launchPermission: {
        add: { items: [{ organizationArn: 'arn:aws:organizations::999988887777:organization/o-1' }] },
      },
    }),
  ),
  fires(
    'ct-ef-003',
    'a database snapshot for everybody',
    call('rds', 'ModifyDBSnapshotAttribute', {
      dBSnapshotIdentifier: 's',
      attributeName: 'restore',
      valuesToAdd: ['all'],
    }),
  ),
  fires('ct-ef-015-admin', 'SSH over IPv6', ingress(open(22, 22, true))),
  fires('ct-ef-015-admin', 'a range of ports that holds SSH', ingress(open(0, 65_535))),
  fires(
    'ct-ef-015-admin',
    'everything',
    ingress({ ipProtocol: '-1', ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }),
  ),
  fires(
    'ct-ef-015-admin',
    'the old way to ask',
    call('ec2', 'AuthorizeSecurityGroupIngress', {
      groupName: 'g',
      ipProtocol: 'tcp',
      fromPort: 3389,
      toPort: 3389,
      cidrIp: '0.0.0.0/0',
    }),
  ),
  fires(
    'ct-ef-015-admin',
    'a rule changed',
    call('ec2', 'ModifySecurityGroupRules', {
      ModifySecurityGroupRulesRequest: {
        GroupId: 'sg-1',
        SecurityGroupRule: {
          SecurityGroupRuleId: 'sgr-1',
          SecurityGroupRule: { IpProtocol: 'tcp', CidrIpv4: '0.0.0.0/0', FromPort: 22, ToPort: 22 },
        },
      },
    }),
  ),
  quiet('ct-ef-015-admin', 'HTTPS', ingress(open(443))),
  quiet('ct-ef-015-admin', 'ping', ingress({ ...open(-1), ipProtocol: 'icmp' })),
  fires('ct-ef-015', 'another port beside HTTPS', ingress(open(443), open(4444))),
  fires('ct-ef-015', 'a range that begins at 80', ingress(open(80, 9000))),
  quiet('ct-ef-015', 'HTTP and HTTPS', ingress(open(80), open(443))),
  quiet(
    'ct-ef-015',
    'from inside',
    ingress({ ...open(4444), ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }] } }),
  ),
  fires(
    'ct-ef-006',
    'a grant in a header',
    call('s3', 'PutBucketAcl', {
      bucketName: 'b',
      'x-amz-grant-read': 'uri="http://acs.amazonaws.com/groups/global/AllUsers"',
    }),
  ),
  quiet(
    'ct-ef-006',
    'a private bucket',
    call('s3', 'PutBucketAcl', { bucketName: 'b', 'x-amz-acl': 'private' }),
  ),
  quiet(
    'ct-ef-008',
    'replication to the own account',
    call('s3', 'PutBucketReplication', {
      bucketName: 'b',
      ReplicationConfiguration: { Rule: { Destination: { Account: OWN } } },
    }),
  ),
  fires(
    'ct-im-004',
    'a key of another account',
    call('s3', 'PutObject', {
      bucketName: 'b',
      key: 'o',
      'x-amz-server-side-encryption-aws-kms-key-id': `arn:aws:kms:eu-central-1:${OTHER}:key/k`,
    }),
  ),
  quiet(
    'ct-im-004',
    'the key of the account that holds the keys',
    call('s3', 'PutObject', {
      bucketName: 'b',
      key: 'o',
      'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:eu-central-1:222233334444:key/k',
    }),
  ),
  ...['AddPermission20150331v2', 'AddPermission20150331', 'AddPermission'].map((name) =>
    fires('ct-ex-007', `${name} for everybody`, call('lambda', name, { functionName: 'f', principal: '*' })),
  ),
  quiet(
    'ct-ex-007',
    'the own account',
    call('lambda', 'AddPermission20150331v2', { functionName: 'f', principal: OWN }),
  ),
  quiet(
    'ct-ex-007',
    'a service',
    call('lambda', 'AddPermission20150331v2', { functionName: 'f', principal: 's3.amazonaws.com' }),
  ),
  fires(
    'ct-di-011',
    'roles guessed in the policy of a key',
    range(5).map((i) =>
      call(
        'kms',
        'PutKeyPolicy',
        { keyId: 'k', policy: `{"guess":${String(i)}}` },
        { errorCode: 'MalformedPolicyDocumentException' },
      ),
    ),
  ),
];
