import { api } from '../record/api';
import { cloudtrailRecord } from '../record/cloudtrail-record';
import { awsService, foreignCaller, roleSession } from '../record/credential';
import { usualRequest } from '../record/requests';
import type { Random } from '../random/random';
import { Actor, issuedResponse, type Scene } from '../stage/actor';
import type { EventSink } from '../stage/event';
import { type Account, composeId, composeRole, type Role } from '../world/account';
import { DAY, HOUR } from '../world/calendar';
import { machineRoles, type World } from '../world/world';
import type { Task } from './task';

/** An AWS service fetching a session of a role for an instance, a function or a job. */
interface Issue {
  readonly service: string;
  readonly role: Role;
  readonly session: string;
  readonly accessKeyId: string;
  readonly time: number;
  readonly region: string;
}

function emitIssue(issue: Issue, random: Random, emit: EventSink): void {
  const { role, service, time } = issue;
  const eventId = random.uuid();
  const account = role.account.id;
  const session = { name: issue.session, accessKeyId: issue.accessKeyId, expires: time + 6 * HOUR };
  const text = cloudtrailRecord({
    api: api('sts:AssumeRole'),
    time,
    region: issue.region,
    recipient: account,
    identityJson: awsService(service, account).identity,
    address: service,
    agent: service,
    requestJson: `{"roleArn":"${role.arn}","roleSessionName":"${issue.session}"}`,
    responseJson: JSON.stringify(issuedResponse(role, session, random)),
    resourcesJson: `[{"accountId":"${account}","type":"AWS::IAM::Role","ARN":"${role.arn}"}]`,
    requestId: random.uuid(),
    eventId,
    sharedEventId: random.uuid(),
  });
  emit({ time, account, region: issue.region, eventId, text, isManagementWrite: false, isData: false });
}

/** The records of every renewal of instance credentials and every new environment of a function. */
export function credentialIssues(world: World): Task[] {
  const tasks: Task[] = [];
  const add = (issue: Issue): void => {
    if (issue.time < world.start) return;
    tasks.push({
      start: issue.time,
      name: `issue/${issue.accessKeyId}`,
      run: (random, emit) => {
        emitIssue(issue, random, emit);
      },
    });
  };
  for (const host of world.hosts) {
    host.renewals.forEach((time, i) => {
      const accessKeyId = host.keyIds[i] ?? '';
      add({
        service: 'ec2.amazonaws.com',
        role: host.role,
        session: host.instanceId,
        accessKeyId,
        time,
        region: host.network.region,
      });
    });
  }
  for (const fn of world.functions) {
    for (const { from, accessKeyId } of fn.environments) {
      add({
        service: 'lambda.amazonaws.com',
        role: fn.role,
        session: fn.name,
        accessKeyId,
        time: from,
        region: fn.region,
      });
    }
  }
  return tasks;
}

/** The monitoring vendor's rounds: from the vendor's own account and address, the same reads in every Region. */
export function monitoringRounds(world: World, density: number, random: Random): Task[] {
  const every = density >= 0.5 ? 3 * HOUR : 12 * HOUR;
  const tasks: Task[] = [];
  for (const account of world.accounts) {
    for (
      let start = world.start + random.int(0, HOUR);
      start < world.end;
      start += every + random.int(-60, 60)
    ) {
      tasks.push({
        start,
        name: `monitoring/${account.id}/${start}`,
        run: (r, emit) => {
          monitoringRound(world, account, { random: r, emit, clock: { now: start }, pace: 1 });
        },
      });
    }
  }
  return tasks;
}

const WATCHED = [
  'ec2:DescribeInstances',
  'cloudwatch:DescribeAlarms',
  'rds:DescribeDBInstances',
  'lambda:ListFunctions20150331',
  'elb:DescribeLoadBalancers',
  'tag:GetResources',
  'ec2:DescribeVolumes',
];

function monitoringRound(world: World, account: Account, scene: Scene): void {
  const { random, clock } = scene;
  const { monitoring } = machineRoles(world, account);
  const name = `integration-${random.fork('session').hex(8)}`;
  const accessKeyId = composeId('ASIA', account, random);
  const vendor = roleSession(
    {
      ...monitoring,
      account: { ...account, id: world.monitorAccount },
      name: 'collector',
      id: `AROA${world.firm.slug.toUpperCase().slice(0, 6)}XCOLLECT`,
    },
    { name: 'collector', accessKeyId: null, created: clock.now },
  );
  // Only the firm's side of the call is in the firm's trail.
  const door = new Actor(
    scene,
    { ...vendor, account: account.id, identity: foreignCaller(vendor) },
    {
      address: world.monitorAddress,
      agent: 'aws-sdk-go-v2/1.30.3 ua/2.0 os/linux lang/go#1.22.5',
      region: account.home,
    },
  );
  door.call('sts:AssumeRole', {
    request: {
      roleArn: monitoring.arn,
      roleSessionName: name,
      externalId: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      durationSeconds: HOUR,
    },
    response: issuedResponse(monitoring, { name, accessKeyId, expires: clock.now + HOUR }, random),
    resources: [{ accountId: account.id, type: 'AWS::IAM::Role', ARN: monitoring.arn }],
  });
  const session = door.as(roleSession(monitoring, { name, accessKeyId, created: clock.now }));
  const place = {
    account,
    region: account.home,
    instanceIds: world.hosts.map((h) => h.instanceId),
    roleNames: [],
  };
  for (const region of account.regions) {
    for (const id of WATCHED) session.call(id, { region, requestJson: usualRequest(id, place, random) });
  }
}

/** The night's backups: snapshots made and old ones removed, by the backup service in the firm's role. */
export function nightlyBackups(world: World, density: number, random: Random): Task[] {
  const tasks: Task[] = [];
  const hour = random.int(0, 4);
  for (const account of world.accounts) {
    for (let day = world.start; day < world.end; day += DAY) {
      const start = day + hour * HOUR + random.int(0, 900);
      tasks.push({
        start,
        name: `backup/${account.id}/${start}`,
        run: (r, emit) => {
          nightlyBackup(world, account, density, { random: r, emit, clock: { now: start }, pace: 5 });
        },
      });
    }
  }
  return tasks;
}

function nightlyBackup(world: World, account: Account, density: number, scene: Scene): void {
  const { random, clock } = scene;
  const service = 'backup.amazonaws.com';
  const { backup } = machineRoles(world, account);
  const name = `AWSBackup-${random.hex(12)}`;
  emitIssue(
    {
      service,
      role: backup,
      session: name,
      accessKeyId: composeId('ASIA', account, random),
      time: clock.now,
      region: account.home,
    },
    random,
    scene.emit,
  );
  const session = new Actor(
    scene,
    roleSession(backup, { name, accessKeyId: null, created: clock.now, invokedBy: service }),
    {
      address: service,
      agent: service,
      region: account.home,
      insideAws: true,
    },
  );
  session.call('ec2:DescribeVolumes', { request: { volumeSet: {}, filterSet: {} } });
  const hosts = world.hosts.filter((h) => h.network.account === account && h.network.region === account.home);
  for (const host of hosts.slice(0, Math.max(2, Math.round(hosts.length * density)))) {
    const volumeId = `vol-0${random.fork(host.instanceId).hex(16)}`;
    session.call('ec2:CreateSnapshot', {
      request: { volumeId, description: `Nightly backup of ${host.instanceId}` },
      response: {
        requestId: random.uuid(),
        snapshotId: `snap-0${random.hex(16)}`,
        volumeId,
        status: 'pending',
        encrypted: true,
      },
    });
    session.call('ec2:DescribeSnapshots', { request: { ownersSet: { items: [{ owner: 'self' }] } } });
    if (random.chance(0.5)) {
      session.call('ec2:DeleteSnapshot', {
        request: { snapshotId: `snap-0${random.hex(16)}` },
        response: { requestId: random.uuid(), _return: true },
      });
    }
  }
}

const LINKED: readonly (readonly [service: string, role: string, calls: readonly string[]])[] = [
  [
    'config.amazonaws.com',
    'AWSServiceRoleForConfig',
    [
      'ec2:DescribeInstances',
      'ec2:DescribeVolumes',
      'iam:ListRoles',
      's3:GetBucketAcl',
      'rds:DescribeDBInstances',
      'kms:DescribeKey',
      'lambda:ListFunctions20150331',
    ],
  ],
  [
    'trustedadvisor.amazonaws.com',
    'AWSServiceRoleForTrustedAdvisor',
    [
      'ec2:DescribeInstances',
      'elb:DescribeLoadBalancers',
      's3:ListBuckets',
      'iam:GetAccountSummary',
      'rds:DescribeDBInstances',
    ],
  ],
  [
    'autoscaling.amazonaws.com',
    'AWSServiceRoleForAutoScaling',
    ['ec2:DescribeInstanceStatus', 'ec2:DescribeInstances', 'elb:DescribeTargetHealth'],
  ],
  [
    'access-analyzer.amazonaws.com',
    'AWSServiceRoleForAccessAnalyzer',
    ['iam:GetRole', 's3:GetBucketPolicy', 's3:GetBucketAcl', 'kms:DescribeKey', 'iam:ListRoles'],
  ],
  [
    'cloudformation.amazonaws.com',
    'AWSServiceRoleForCloudFormationStackSets',
    ['cloudformation:DescribeStacks', 'ec2:DescribeVpcs', 'ec2:DescribeSubnets'],
  ],
];

/** Service-linked roles at work a few times a day, each first fetching its session. */
export function linkedRoleWork(world: World, density: number, random: Random): Task[] {
  const tasks: Task[] = [];
  const every = DAY / 4 / Math.min(1, Math.max(0.2, density * 4));
  for (const account of world.accounts) {
    for (const [service, roleName, calls] of LINKED) {
      const role = composeRole(
        account,
        roleName,
        random.fork(`${account.id}/${roleName}`),
        `/aws-service-role/${service}/`,
      );
      for (
        let start = world.start + random.int(0, DAY / 4);
        start < world.end;
        start += Math.round(random.skewed(every, 0.2))
      ) {
        tasks.push({
          start,
          name: `linked/${account.id}/${service}/${start}`,
          run: (r, emit) => {
            const scene: Scene = { random: r, emit, clock: { now: start }, pace: 0.5 };
            linkedRun(
              world,
              { account, service, role, calls, count: Math.max(3, Math.round(12 * density)) },
              scene,
            );
          },
        });
      }
    }
  }
  return tasks;
}

function linkedRun(
  world: World,
  run: { account: Account; service: string; role: Role; calls: readonly string[]; count: number },
  scene: Scene,
): void {
  const { random, clock } = scene;
  const { account, service, role } = run;
  const region = random.pick(account.regions);
  const name = random.pick([
    'AWSConfig-Describe',
    'AutoScaling',
    'service-session',
    `MandoService${random.digits(12)}`,
  ]);
  emitIssue(
    {
      service,
      role,
      session: name,
      accessKeyId: composeId('ASIA', account, random),
      time: clock.now,
      region,
    },
    random,
    scene.emit,
  );
  const actor = new Actor(
    scene,
    roleSession(role, { name, accessKeyId: null, created: clock.now, invokedBy: service }),
    {
      address: service,
      agent: service,
      region,
      insideAws: true,
    },
  );
  const hosts = world.hosts.filter((h) => h.network.account === account);
  const place = {
    account,
    region,
    instanceIds: hosts.map((h) => h.instanceId),
    roleNames: hosts.map((h) => h.role.name),
  };
  for (let i = 0; i < run.count; i += 1) {
    const id = random.pick(run.calls);
    actor.call(id, { requestJson: usualRequest(id, place, random) });
  }
}
