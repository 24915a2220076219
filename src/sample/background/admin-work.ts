import { userKey, userOf } from '../record/credential';
import type { Random } from '../random/random';
import type { Actor } from '../stage/actor';
import type { BenignTruth } from '../stage/truth';
import { type Account, composeId } from '../world/account';
import { DAY, longDateOf } from '../world/calendar';
import type { Person } from '../world/people';
import { networkOf, type World } from '../world/world';
import { type Duty, dutyTask, workingTime } from './duty';
import type { Task } from './task';

/** Privileged work that is allowed, with the lines the truth holds about it. */
interface AdminWork {
  readonly tasks: readonly Task[];
  readonly benign: readonly BenignTruth[];
}

/** The month's privileged work: a starter, a leaver, key rotations, an inventory, the root user's bill. */
export function adminWork(world: World, random: Random): AdminWork {
  const tasks: Task[] = [];
  const benign: BenignTruth[] = [];
  const { staff } = world;
  const add = (kind: string, admin: Person, time: number, note: string, duty: Duty): void => {
    const start = workingTime(world, admin, time, random);
    const made = dutyTask(world, { kind, who: admin, start, note, duty });
    tasks.push(made.task);
    benign.push(made.benign);
  };
  const admin = (): Person => random.pick(staff.admins);
  const someDay = (): number => world.start + random.int(1, world.days - 2) * DAY;
  const starter = staff.newcomer;
  add(
    'newStarter',
    sameAccountAdmin(world, starter.account, random),
    starter.from - DAY,
    `creates the user of ${starter.name}`,
    (_, at) => {
      createStarter(starter, at('iam'));
    },
  );
  for (let i = 0; i < 2; i += 1) {
    add(
      'adminInventory',
      admin(),
      someDay(),
      'takes an inventory of identities with GetAccountAuthorizationDetails',
      (_, at) => {
        takeInventory(at('iam'), world);
      },
    );
  }
  add(
    'accessChange',
    admin(),
    someDay(),
    'opens the web port of a load balancer to the internet',
    (who, at) => {
      openWebPort(world, who.account, at('ec2'));
    },
  );
  add('leaver', admin(), someDay(), 'removes the user of a colleague who left', (who, at) => {
    removeLeaver(who.account, at('iam'));
  });
  for (const person of random.sample(
    staff.people.filter((p) => p.accessKeyId !== null && p !== starter),
    3,
  )) {
    add('keyRotation', person, someDay(), 'rotates the own access key', (who, at) => {
      rotateKey(who, at('iam'));
    });
  }
  return { tasks, benign };
}

function sameAccountAdmin(world: World, account: Account, random: Random): Person {
  const own = world.staff.admins.filter((a) => a.account === account);
  return random.pick(own.length > 0 ? own : world.staff.admins);
}

function createStarter(starter: Person, at: Actor): void {
  const { random } = at.scene;
  const account = at.credential.account;
  const userName = starter.name;
  const user = {
    path: '/',
    userName,
    userId: starter.userId,
    arn: `arn:aws:iam::${account}:user/${userName}`,
    createDate: longDateOf(at.now),
  };
  at.call('iam:CreateUser', { request: { userName }, response: { user } });
  at.call('iam:AddUserToGroup', { request: { groupName: 'developers', userName } });
  at.call('iam:CreateLoginProfile', {
    request: { userName, passwordResetRequired: true },
    response: { loginProfile: { userName, createDate: longDateOf(at.now), passwordResetRequired: true } },
  });
  if (starter.accessKeyId !== null && random.chance(0.8)) {
    at.call('iam:CreateAccessKey', {
      request: { userName },
      response: {
        accessKey: {
          accessKeyId: starter.accessKeyId,
          status: 'Active',
          userName,
          createDate: longDateOf(at.now),
        },
      },
    });
  }
  at.call('iam:ListGroupsForUser', { request: { userName } });
}

function takeInventory(at: Actor, world: World): void {
  const pages = at.scene.random.int(2, 5);
  for (let i = 0; i < pages; i += 1)
    at.call('iam:GetAccountAuthorizationDetails', { request: { maxItems: 1000 } });
  at.call('iam:GetAccountSummary');
  at.call('iam:ListUsers', { request: { maxItems: 1000 } });
  at.call('iam:GenerateCredentialReport');
  at.call('iam:GetCredentialReport');
  for (const person of world.staff.people.filter((p) => p.ssoRole === null).slice(0, 6)) {
    at.call('iam:ListAccessKeys', { request: { userName: person.name } });
    at.call('iam:ListMFADevices', { request: { userName: person.name } });
  }
}

function openWebPort(world: World, account: Account, at: Actor): void {
  const groupId = `sg-0${at.scene.random.hex(16)}`;
  at.call('ec2:CreateSecurityGroup', {
    request: {
      groupName: 'public-web',
      groupDescription: 'load balancer',
      vpcId: networkOf(world, account).vpcId,
    },
    response: { requestId: at.scene.random.uuid(), _return: true, groupId },
  });
  at.call('ec2:AuthorizeSecurityGroupIngress', {
    request: {
      groupId,
      ipPermissions: {
        items: [
          {
            ipProtocol: 'tcp',
            fromPort: 443,
            toPort: 443,
            groups: {},
            ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
          },
        ],
      },
    },
    response: { requestId: at.scene.random.uuid(), _return: true },
  });
}

function removeLeaver(account: Account, at: Actor): void {
  const { random } = at.scene;
  const userName = `former.${random.text('abcdefghijklmnop', 6)}`;
  const accessKeyId = composeId('AKIA', account, random);
  at.call('iam:ListAccessKeys', { request: { userName } });
  at.call('iam:UpdateAccessKey', { request: { userName, accessKeyId, status: 'Inactive' } });
  at.call('iam:DeleteAccessKey', { request: { userName, accessKeyId } });
  at.call('iam:DeleteLoginProfile', { request: { userName } });
  at.call('iam:DeleteUser', { request: { userName } });
}

function rotateKey(person: Person, at: Actor): void {
  const { random } = at.scene;
  const userName = person.name;
  const fresh = composeId('AKIA', person.account, random);
  at.call('iam:ListAccessKeys', { request: { userName } });
  at.call('iam:CreateAccessKey', {
    request: { userName },
    response: {
      accessKey: { accessKeyId: fresh, status: 'Active', userName, createDate: longDateOf(at.now) },
    },
  });
  at.pause(random.int(120, 900));
  at.as(userKey(userOf(person), fresh), { agent: person.cli, fromConsole: false }).call(
    'sts:GetCallerIdentity',
  );
  at.call('iam:UpdateAccessKey', {
    request: { userName, accessKeyId: composeId('AKIA', person.account, random), status: 'Inactive' },
  });
}
