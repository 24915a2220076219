import type { Random } from '../random/random';
import type { Account } from '../world/account';
import { s3Request } from './s3-details';

/** Where a usual request is made, for its parameters. */
export interface RequestPlace {
  readonly account: Account;
  readonly region: string;
  readonly instanceIds: readonly string[];
  readonly roleNames: readonly string[];
}

type RequestText = (place: RequestPlace, random: Random) => string;

const bucket: RequestText = ({ account, region }, random) => {
  const plain = account.buckets.filter((b) => !b.sensitive);
  return s3Request(random.pick(plain).name, region);
};
const role: RequestText = ({ roleNames }, random) => `{"roleName":"${random.pick(roleNames)}"}`;
const product = (list: readonly string[], random: Random): string =>
  random.pick(list).split('/')[0] ?? 'main';

const REQUESTS: Readonly<Record<string, RequestText>> = {
  'ec2:DescribeInstances': ({ instanceIds }, random) =>
    random.chance(0.4) && instanceIds.length > 0
      ? `{"instancesSet":{"items":[{"instanceId":"${random.pick(instanceIds)}"}]},"filterSet":{}}`
      : '{"maxResults":1000,"instancesSet":{},"filterSet":{}}',
  'ec2:DescribeSecurityGroups': () =>
    '{"maxResults":1000,"securityGroupSet":{},"securityGroupIdSet":{},"filterSet":{}}',
  'ec2:DescribeVolumes': () => '{"maxResults":1000,"volumeSet":{},"filterSet":{}}',
  'ec2:DescribeSnapshots': () =>
    '{"maxResults":1000,"ownersSet":{"items":[{"owner":"self"}]},"snapshotSet":{},"filterSet":{}}',
  'ec2:DescribeInstanceStatus': () => '{"instancesSet":{},"filterSet":{},"includeAllInstances":true}',
  'ec2:DescribeVpcs': () => '{"vpcSet":{},"filterSet":{}}',
  'ec2:DescribeSubnets': () => '{"subnetSet":{},"filterSet":{}}',
  'ec2:DescribeImages': () =>
    '{"executableBySet":{},"imagesSet":{},"ownersSet":{"items":[{"owner":"self"}]},"filterSet":{}}',
  'ec2:DescribeTags': ({ instanceIds }, random) =>
    `{"filterSet":{"items":[{"name":"resource-id","valueSet":{"items":[{"value":"${random.pick(instanceIds)}"}]}}]}}`,
  's3:ListBuckets': () => '{"Host":"s3.amazonaws.com"}',
  's3:GetBucketLocation': bucket,
  's3:GetBucketPolicy': bucket,
  's3:GetBucketAcl': bucket,
  's3:GetBucketVersioning': bucket,
  's3:GetBucketEncryption': bucket,
  's3:GetBucketTagging': bucket,
  's3:GetBucketPublicAccessBlock': bucket,
  's3:ListObjects': bucket,
  'iam:GetRole': role,
  'iam:ListRolePolicies': role,
  'iam:ListAttachedRolePolicies': role,
  'iam:ListInstanceProfilesForRole': role,
  'iam:ListRoles': () => '{"maxItems":100}',
  'iam:ListUsers': () => '{"maxItems":100}',
  'iam:ListPolicies': () => '{"scope":"Local","onlyAttached":false,"maxItems":100}',
  'lambda:GetFunction20150331v2': ({ account }, random) =>
    `{"functionName":"${product(account.secrets, random)}-worker"}`,
  'logs:DescribeLogGroups': () => '{"limit":50}',
  'logs:FilterLogEvents': ({ account }, random) =>
    `{"logGroupName":"/aws/lambda/${product(account.secrets, random)}","limit":100,"interleaved":true}`,
  'logs:StartQuery': ({ account }, random) =>
    `{"logGroupName":"/app/${product(account.secrets, random)}","queryString":"***","limit":1000}`,
  'cloudwatch:DescribeAlarms': () => '{"maxRecords":100}',
  'rds:DescribeDBInstances': () => '{"maxRecords":100}',
  'rds:DescribeDBSnapshots': () => '{"maxRecords":100,"includeShared":false,"includePublic":false}',
  'ssm:GetParameter': ({ account }, random) =>
    `{"name":"${random.pick(account.parameters)}","withDecryption":true}`,
  'ssm:DescribeInstanceInformation': () => '{"maxResults":50}',
  'secretsmanager:GetSecretValue': ({ account }, random) => `{"secretId":"${random.pick(account.secrets)}"}`,
  'secretsmanager:DescribeSecret': ({ account }, random) => `{"secretId":"${random.pick(account.secrets)}"}`,
  'dynamodb:DescribeTable': ({ account }, random) => `{"tableName":"${random.pick(account.tables)}"}`,
  'kms:Decrypt': ({ account }, random) =>
    `{"encryptionContext":{"aws:s3:arn":"arn:aws:s3:::${random.pick(account.buckets).name}"},"encryptionAlgorithm":"SYMMETRIC_DEFAULT"}`,
  'kms:GenerateDataKey': ({ account, region }, random) =>
    `{"keyId":"arn:aws:kms:${region}:${account.id}:key/${random.pick(account.keys)}","keySpec":"AES_256"}`,
  'kms:DescribeKey': ({ account }, random) => `{"keyId":"${random.pick(account.keys)}"}`,
  'athena:StartQueryExecution': ({ account }, random) =>
    `{"queryString":"***OMITTED***","workGroup":"primary","clientRequestToken":"${random.uuid()}","queryExecutionContext":{"database":"${product(account.secrets, random)}"}}`,
  'athena:GetQueryExecution': (_, random) => `{"queryExecutionId":"${random.uuid()}"}`,
  'athena:GetQueryResults': (_, random) => `{"queryExecutionId":"${random.uuid()}","maxResults":1000}`,
  'glue:GetTable': ({ account }, random) =>
    `{"databaseName":"${product(account.secrets, random)}","name":"events_${random.int(1, 9)}"}`,
  'ce:GetCostAndUsage': () =>
    '{"granularity":"DAILY","metrics":["UnblendedCost"],"groupBy":[{"type":"DIMENSION","key":"SERVICE"}]}',
  'cloudtrail:LookupEvents': () => '{"maxResults":50}',
  'cloudtrail:DescribeTrails': () => '{"includeShadowTrails":true,"trailNameList":[]}',
  'ecr:BatchGetImage': ({ account }, random) =>
    `{"registryId":"${account.id}","repositoryName":"${product(account.secrets, random)}","imageIds":[{"imageTag":"${random.hex(7)}"}]}`,
  'cloudformation:DescribeStacks': ({ account }, random) =>
    `{"stackName":"${product(account.secrets, random)}"}`,
};

/** The usual parameters of a call as JSON text, or null for calls that have none. */
export function usualRequest(id: string, place: RequestPlace, random: Random): string | null {
  return REQUESTS[id]?.(place, random) ?? null;
}
