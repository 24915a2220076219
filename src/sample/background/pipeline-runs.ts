import { instanceSession, roleSession, webIdentity } from '../record/credential';
import { usualRequest, type RequestPlace } from '../record/requests';
import type { Random } from '../random/random';
import { Actor, issuedResponse, type Scene } from '../stage/actor';
import { type Account, composeId } from '../world/account';
import { DAY, HOUR, weekdayOf } from '../world/calendar';
import { runnerAddress } from '../world/ranges';
import { machineRoles, networkOf, type World } from '../world/world';
import type { Task } from './task';

const PROVIDER = 'token.actions.githubusercontent.com';

/** Builds (hosted runners, a new address each) and infrastructure runs (a runner behind the NAT address). */
export function pipelineRuns(world: World, density: number, random: Random): Task[] {
  const tasks: Task[] = [];
  for (let day = world.start; day < world.end; day += DAY) {
    const busy = weekdayOf(day) < 5;
    const builds = busy ? random.int(7, 15) : random.int(0, 2);
    for (let i = 0; i < builds; i += 1) {
      const start = day + Math.round((7.5 + random.float() * 11 - world.staff.country.zoneHours) * HOUR);
      tasks.push({
        start,
        name: `ci/${start}/${i}`,
        run: (r, emit) => {
          buildRun(world, density, { random: r, emit, clock: { now: start }, pace: 4 });
        },
      });
    }
    const applies = busy ? random.int(1, 4) : random.int(0, 1);
    for (let i = 0; i < applies; i += 1) {
      const start = day + Math.round((8 + random.float() * 9 - world.staff.country.zoneHours) * HOUR);
      tasks.push({
        start,
        name: `terraform/${start}/${i}`,
        run: (r, emit) => {
          terraformRun(world, density, { random: r, emit, clock: { now: start }, pace: 0.6 });
        },
      });
    }
  }
  return tasks;
}

function where(world: World, account: Account): RequestPlace {
  const hosts = world.hosts.filter((h) => h.network.account === account);
  return {
    account,
    region: account.home,
    instanceIds: hosts.map((h) => h.instanceId),
    roleNames: [...hosts.map((h) => h.role.name), ...world.functions.map((f) => f.role.name)],
  };
}

/** A build's way in: its token for a role session. */
export function openBuild(world: World, account: Account, scene: Scene): Actor {
  const { random, clock } = scene;
  const role = machineRoles(world, account).ci;
  const provider = `arn:aws:iam::${account.id}:oidc-provider/${PROVIDER}`;
  const isNewRunner = clock.now >= world.newRunnersFrom;
  const subject = `repo:${world.repository}:ref:refs/heads/main`;
  const door = new Actor(scene, webIdentity(subject, provider, account.id, 'sts.amazonaws.com'), {
    address: runnerAddress(random),
    agent: `aws-sdk-js/${isNewRunner ? '3.758.0' : '3.682.0'} configure-aws-credentials-for-github-actions`,
    region: account.home,
  });
  const name = 'GitHubActions';
  const accessKeyId = composeId('ASIA', account, random);
  door.call('sts:AssumeRoleWithWebIdentity', {
    request: { roleArn: role.arn, roleSessionName: name, durationSeconds: HOUR },
    response: issuedResponse(role, { name, accessKeyId, expires: clock.now + HOUR }, random, {
      provider,
      subjectFromWebIdentityToken: subject,
      audience: 'sts.amazonaws.com',
    }),
    resources: [{ accountId: account.id, type: 'AWS::IAM::Role', ARN: role.arn }],
  });
  return door.as(roleSession(role, { name, accessKeyId, created: clock.now, provider }), {
    agent: isNewRunner
      ? 'aws-cli/2.27.12 md/awscrt#0.25.4 ua/2.1 os/linux#6.11.0-1012-azure md/arch#x86_64 lang/python#3.13.2 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe'
      : 'aws-cli/2.22.35 md/awscrt#0.23.4 ua/2.0 os/linux#6.8.0-1021-azure md/arch#x86_64 lang/python#3.12.6 cfg/retry-mode#standard',
  });
}

function buildRun(world: World, density: number, scene: Scene): void {
  const { random } = scene;
  const account = random.chance(0.75) ? world.accounts[0] : world.accounts[1];
  const run = openBuild(world, account, scene);
  const repository = random.pick(world.firm.products);
  const place = where(world, account);
  run.call('sts:GetCallerIdentity');
  run.call('ecr:GetAuthorizationToken', { request: {} });
  const layers = Math.max(1, Math.round(random.int(3, 9) * density));
  for (let i = 0; i < layers; i += 1) {
    const layer = { registryId: account.id, repositoryName: repository };
    run.call('ecr:InitiateLayerUpload', {
      request: layer,
      response: { uploadId: random.uuid(), partSize: 10485760 },
    });
    run.call('ecr:CompleteLayerUpload', {
      request: { ...layer, layerDigests: [`sha256:${random.hex(64)}`] },
    });
  }
  run.call('ecr:PutImage', {
    request: { registryId: account.id, repositoryName: repository, imageTag: random.hex(7) },
  });
  if (random.chance(0.5)) {
    const fn = random.pick(world.functions.filter((f) => f.account === account));
    run.call('lambda:UpdateFunctionCode20150331v2', {
      request: { functionName: fn.name, publish: false, dryRun: false },
      response: {
        functionName: fn.name,
        runtime: 'python3.12',
        role: fn.role.arn,
        codeSize: random.int(9000, 900000),
      },
    });
    run.call('lambda:GetFunction20150331v2', { request: { functionName: fn.name } });
  } else {
    run.call('ecs:RegisterTaskDefinition', {
      request: { family: repository, networkMode: 'awsvpc', cpu: '512', memory: '1024' },
    });
    run.call('ecs:UpdateService', {
      request: { cluster: 'main', service: repository, forceNewDeployment: true },
    });
    for (let i = 0; i < 4; i += 1)
      run.pause(14).call('ecs:DescribeServices', { request: { cluster: 'main', services: [repository] } });
  }
  const reads = Math.round(random.int(4, 10) * density);
  for (let i = 0; i < reads; i += 1) {
    run.call('cloudformation:DescribeStacks', {
      requestJson: usualRequest('cloudformation:DescribeStacks', place, random),
    });
  }
}

const TERRAFORM =
  'APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.72.1 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.32.2 ua/2.1 os/linux lang/go#1.23.1 md/GOOS#linux md/GOARCH#amd64';
const READS = [
  'iam:GetRole',
  'iam:ListRolePolicies',
  'iam:ListAttachedRolePolicies',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeVpcs',
  'ec2:DescribeSubnets',
  'ec2:DescribeInstances',
  's3:GetBucketVersioning',
  's3:GetBucketEncryption',
  's3:GetBucketPolicy',
  's3:GetBucketAcl',
  's3:GetBucketTagging',
  's3:GetBucketPublicAccessBlock',
  'kms:DescribeKey',
  'lambda:GetFunction20150331v2',
  'rds:DescribeDBInstances',
  'dynamodb:DescribeTable',
];

/** The runner's instance role assumes the Terraform role of either account, reads the state of things, changes some. */
function terraformRun(world: World, density: number, scene: Scene): void {
  const { random } = scene;
  const [main] = world.accounts;
  const runner = world.hosts.find((h) => h.kind === 'worker' && h.network.account === main);
  if (!runner) throw new RangeError('no runner');
  const account = random.chance(0.7) ? main : world.accounts[1];
  const session = new Actor(scene, instanceSession(runner, scene.clock.now), {
    address: runner.network.natAddress,
    agent: TERRAFORM,
    region: runner.network.region,
  }).assume(machineRoles(world, account).terraform, `terraform-${random.digits(10)}`);
  const place = where(world, account);
  session.call('sts:GetCallerIdentity');
  session.call('s3:GetObject', {
    request: {
      bucketName: `${world.firm.slug}-tfstate`,
      Host: `${world.firm.slug}-tfstate.s3.${account.home}.amazonaws.com`,
      key: `${account.alias}/main.tfstate`,
    },
    bytesOut: random.int(80_000, 900_000),
  });
  const reads = Math.max(8, Math.round(random.int(60, 130) * density));
  for (let i = 0; i < reads; i += 1) {
    const id = random.pick(READS);
    session.call(id, { requestJson: usualRequest(id, place, random) });
  }
  if (random.chance(0.35)) applyChanges(world, account, session);
}

interface ChangePlace {
  readonly world: World;
  readonly account: Account;
  readonly session: Actor;
  readonly product: string;
  readonly random: Random;
}

const done = (random: Random): object => ({ requestId: random.uuid(), _return: true });
const policyOf = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

const CHANGES: readonly ((place: ChangePlace) => void)[] = [
  function openInternalPort({ world, account, session, random }) {
    const { groupId, prefix } = networkOf(world, account);
    const ipRanges = { items: [{ cidrIp: `${prefix}.0.0/16` }] };
    const rule = { ipProtocol: 'tcp', fromPort: 8080, toPort: 8080, ipRanges };
    const request = { groupId, ipPermissions: { items: [rule] } };
    session.call('ec2:AuthorizeSecurityGroupIngress', { request, response: done(random) });
  },
  function addTaskRole({ account, session, product, random }) {
    const roleName = `${product}-${random.pick(['task', 'job', 'consumer'])}-${random.hex(4)}`;
    const arn = `arn:aws:iam::${account.id}:role/${roleName}`;
    const trust = {
      Effect: 'Allow',
      Principal: { Service: 'ecs-tasks.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    const resource = `arn:aws:s3:::${random.pick(account.buckets).name}/*`;
    session.call('iam:CreateRole', {
      request: { path: '/', roleName, assumeRolePolicyDocument: policyOf(trust) },
      response: { role: { path: '/', roleName, roleId: composeId('AROA', account, random), arn } },
    });
    const policyDocument = policyOf({ Effect: 'Allow', Action: ['s3:GetObject'], Resource: [resource] });
    session.call('iam:PutRolePolicy', { request: { roleName, policyName: 'access', policyDocument } });
  },
  function attachBasicPolicy({ world, session, random }) {
    const policyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    session.call('iam:AttachRolePolicy', {
      request: { roleName: random.pick(world.functions).role.name, policyArn },
    });
  },
  function tag({ world, session, product, random }) {
    const resourcesSet = { items: [{ resourceId: random.pick(world.hosts).instanceId }] };
    const tagSet = { items: [{ key: 'team', value: product }] };
    session.call('ec2:CreateTags', { request: { resourcesSet, tagSet }, response: done(random) });
  },
  function resizeFunction({ world, session, random }) {
    const request = { functionName: random.pick(world.functions).name, memorySize: 512, timeout: 30 };
    session.call('lambda:UpdateFunctionConfiguration20150331v2', { request });
  },
];

function applyChanges(world: World, account: Account, session: Actor): void {
  const { random } = session.scene;
  const product = random.pick(world.firm.products);
  for (const change of random.sample(CHANGES, random.int(1, 4))) {
    change({ world, account, session, product, random });
  }
}
