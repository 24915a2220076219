import type { Random } from '../random/random';
import type { Actor } from '../stage/actor';
import type { BenignTruth } from '../stage/truth';
import { composeId } from '../world/account';
import { DAY, longDateOf, MINUTE } from '../world/calendar';
import { homeAddressAt, type Person } from '../world/people';
import { REGIONS } from '../world/ranges';
import { machineRoles, type World } from '../world/world';
import { type Duty, dutyTask, hourOf, workingTime } from './duty';
import type { Task } from './task';

interface OddDay {
  readonly kind: string;
  readonly note: string;
  readonly jobs: readonly Person['job'][];
  /** Local hours between which it begins; working hours without. */
  readonly hours?: readonly [from: number, to: number];
  readonly fromHome?: boolean;
  readonly byConsole?: boolean;
  readonly duty: (world: World) => Duty;
}

const cleanUpDatabases: Duty = (who, at) => {
  const rds = at('rds');
  const { random } = rds.scene;
  const region = who.account.home;
  rds.call('rds:DescribeDBInstances', { region, request: { maxRecords: 100 } });
  rds.call('rds:DescribeDBSnapshots', { region, request: { maxRecords: 100, includeShared: false } });
  for (const name of random.sample(who.account.tables, random.int(1, 3))) {
    const dBInstanceIdentifier = `${name}-${random.pick(['old', 'test', 'copy', '2023'])}`;
    rds.call('rds:ModifyDBInstance', {
      region,
      request: { dBInstanceIdentifier, deletionProtection: false, applyImmediately: true },
    });
    rds.call('rds:DeleteDBInstance', {
      region,
      request: { dBInstanceIdentifier, skipFinalSnapshot: random.chance(0.6), deleteAutomatedBackups: true },
    });
  }
  for (let i = random.int(2, 9); i > 0; i -= 1)
    rds.call('rds:DeleteDBSnapshot', {
      region,
      request: { dBSnapshotIdentifier: `${random.pick(who.account.tables)}-${random.digits(8)}` },
    });
};

const firstSteps = (world: World): Duty => {
  return (who, at) => {
    const { random } = at('ec2').scene;
    const region = random.pick(REGIONS.filter((r) => !who.account.regions.includes(r)));
    const ec2 = (id: string, request: object, response: object = {}): string =>
      at('ec2').call(`ec2:${id}`, {
        region,
        request,
        response: { requestId: random.uuid(), _return: true, ...response },
      });
    ec2('DescribeVpcs', { vpcSet: {}, filterSet: {} });
    ec2('DescribeAvailabilityZones', { availabilityZoneSet: {}, filterSet: {} });
    const vpcId = `vpc-0${random.hex(16)}`;
    ec2('CreateVpc', { cidrBlock: '10.90.0.0/16', instanceTenancy: 'default' }, { vpc: { vpcId } });
    ec2('CreateSubnet', { vpcId, cidrBlock: '10.90.1.0/24' });
    ec2('CreateSecurityGroup', {
      groupName: `${world.firm.slug}-pilot`,
      groupDescription: 'pilot',
      vpcId,
    });
    ec2('RunInstances', {
      instancesSet: { items: [{ imageId: `ami-0${random.hex(16)}`, minCount: 1, maxCount: 1 }] },
      instanceType: 't3.small',
    });
    ec2('DescribeInstances', { instancesSet: {}, filterSet: {} });
  };
};

const onCall: Duty = (who, at) => {
  const { random } = at('logs').scene;
  const region = who.account.home;
  at('cloudwatch').call('cloudwatch:DescribeAlarms', { region, request: { maxRecords: 100 } });
  for (let i = random.int(3, 9); i > 0; i -= 1)
    at('logs').call('logs:FilterLogEvents', { region, request: { logGroupName: '/app/main', limit: 100 } });
  at('ecs').call('ecs:DescribeServices', { region, request: { cluster: 'main', services: ['api'] } });
  at('ecs').call('ecs:UpdateService', {
    region,
    request: { cluster: 'main', service: 'api', forceNewDeployment: true },
  });
  if (random.chance(0.5))
    at('ec2').call('ec2:RebootInstances', {
      region,
      request: { instancesSet: { items: [{ instanceId: `i-0${random.hex(16)}` }] } },
    });
};

const tidyUp: Duty = (_, at) => {
  const iam = at('iam');
  const { random } = iam.scene;
  iam.call('iam:ListRoles', { request: { maxItems: 100 } });
  for (let i = random.int(2, 5); i > 0; i -= 1) {
    const roleName = `legacy-${random.text('abcdefghijklmnop', 6)}`;
    iam.call('iam:ListAttachedRolePolicies', { request: { roleName } });
    iam.call('iam:DetachRolePolicy', {
      request: { roleName, policyArn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' },
    });
    iam.call('iam:DeleteRole', { request: { roleName } });
  }
  at('logs').call('logs:DeleteLogGroup', {
    request: { logGroupName: `/app/legacy-${random.text('abcdefgh', 4)}` },
  });
  at('ec2').call('ec2:DeleteSnapshot', { request: { snapshotId: `snap-0${random.hex(16)}`, force: false } });
};

const contractor: Duty = (who, at) => {
  const iam = at('iam');
  const { random } = iam.scene;
  const userName = `ext.${random.text('abcdefghijklmnop', 7)}`;
  iam.call('iam:CreateUser', {
    request: { userName },
    response: { user: { path: '/', userName, createDate: longDateOf(iam.now) } },
  });
  const policyArn = random.chance(0.3)
    ? 'arn:aws:iam::aws:policy/AdministratorAccess'
    : 'arn:aws:iam::aws:policy/PowerUserAccess';
  iam.call('iam:AttachUserPolicy', { request: { userName, policyArn } });
  iam.call('iam:CreateAccessKey', {
    request: { userName },
    response: {
      accessKey: {
        accessKeyId: composeId('AKIA', who.account, random),
        status: 'Active',
        userName,
        createDate: longDateOf(iam.now),
      },
    },
  });
};

const lookAtSecrets: Duty = (who, at) => {
  const region = who.account.home;
  const store = at('secretsmanager');
  store.call('secretsmanager:ListSecrets', { region, request: { maxResults: 100 } });
  for (const secretId of who.account.secrets)
    store.call('secretsmanager:GetSecretValue', { region, request: { secretId } });
  for (const secretId of who.account.secrets.slice(0, 2))
    store.call('secretsmanager:PutSecretValue', { region, request: { secretId } });
};

const helpOut = (world: World): Duty => {
  return (who, at) => {
    const actor = at('sts');
    const target = world.accounts.find((a) => a !== who.account) ?? who.account;
    const inside = actor.assume(machineRoles(world, target).operator, who.name);
    const { random } = inside.scene;
    inside.call('ec2:DescribeInstances', { request: { instancesSet: {}, filterSet: {} } });
    inside.pause(random.int(1, 9) * MINUTE).call('ec2:StopInstances', {
      request: { instancesSet: { items: [{ instanceId: `i-0${random.hex(16)}` }] }, force: false },
    });
    inside.call('ec2:ModifyInstanceAttribute', {
      request: { instanceId: `i-0${random.hex(16)}`, instanceType: { value: 'm6i.2xlarge' } },
    });
  };
};

const openForTest: Duty = (who, at) => {
  const ec2: Actor = at('ec2');
  const groupId = `sg-0${ec2.scene.random.hex(16)}`;
  const rule = {
    ipProtocol: 'tcp',
    fromPort: 22,
    toPort: 22,
    groups: {},
    ipRanges: { items: [{ cidrIp: `${who.homeAddress}/32` }] },
  };
  ec2.call('ec2:AuthorizeSecurityGroupIngress', {
    request: { groupId, ipPermissions: { items: [rule] } },
    response: { requestId: ec2.scene.random.uuid(), _return: true },
  });
  ec2.pause(40 * MINUTE).call('ec2:RevokeSecurityGroupIngress', {
    request: { groupId, ipPermissions: { items: [rule] } },
    response: { requestId: ec2.scene.random.uuid(), _return: true },
  });
};

const ODD_DAYS: readonly OddDay[] = [
  {
    kind: 'databaseCleanUp',
    note: 'removes old databases and snapshots in the console, from home in the evening',
    jobs: ['admin', 'database'],
    hours: [18.5, 22],
    fromHome: true,
    byConsole: true,
    duty: () => cleanUpDatabases,
  },
  {
    kind: 'firstRegion',
    note: 'tries a Region the firm never used',
    jobs: ['admin', 'developer'],
    duty: firstSteps,
  },
  {
    kind: 'onCall',
    note: 'is called out at night and restarts a service',
    jobs: ['developer', 'admin'],
    hours: [1, 5],
    fromHome: true,
    duty: () => onCall,
  },
  { kind: 'tidyUp', note: 'removes old roles, logs and snapshots', jobs: ['admin'], duty: () => tidyUp },
  { kind: 'contractor', note: 'makes a user for a contractor', jobs: ['admin'], duty: () => contractor },
  {
    kind: 'secretRotation',
    note: 'reads all secrets and renews two',
    jobs: ['admin', 'database'],
    duty: () => lookAtSecrets,
  },
  {
    kind: 'helpOut',
    note: 'takes the operators’ role of the other account to help',
    jobs: ['admin', 'developer'],
    duty: helpOut,
  },
  {
    kind: 'sshFromHome',
    note: 'opens the SSH port for the own home and closes it again',
    jobs: ['developer', 'admin'],
    duty: () => openForTest,
  },
];

/** Days on which people do what they seldom do: allowed, and easily suspected. `share` of the kinds happen. */
export function oddDays(
  world: World,
  share: number,
  random: Random,
): { tasks: Task[]; benign: BenignTruth[] } {
  const made = ODD_DAYS.flatMap((odd) => {
    const own = random.fork(odd.kind);
    if (!own.chance(share)) return [];
    const people = world.staff.people.filter((p) => odd.jobs.includes(p.job) && p.from === 0);
    const who = own.pick(people);
    const day = world.start + own.int(1, world.days - 2) * DAY;
    const start = odd.hours
      ? hourOf(world, who, day, odd.hours[0] + (odd.hours[1] - odd.hours[0]) * own.float())
      : workingTime(world, who, day, own);
    return [
      dutyTask(world, {
        kind: odd.kind,
        who,
        start,
        note: odd.note,
        duty: odd.duty(world),
        ...(odd.fromHome ? { address: homeAddressAt(who, start) } : {}),
        ...(odd.byConsole ? { byConsole: true } : {}),
      }),
    ];
  });
  return { tasks: made.map(({ task }) => task), benign: made.map(({ benign }) => benign) };
}
