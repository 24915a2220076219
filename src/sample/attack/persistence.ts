import { composeUser, userKey } from '../record/credential';
import type { Actor } from '../stage/actor';
import type { IncidentTruth } from '../stage/truth';
import { type Account, composeId, type Role } from '../world/account';
import { longDateOf } from '../world/calendar';

const NAMES = [
  'backup-svc',
  'support-admin',
  'cloudwatch-agent',
  'deploy-bot',
  'svc-metrics',
  'aws-support',
  'sys-monitor',
];

/** Makes a user that looks like a service's, gives it all rights and a key, and returns the actor behind the key. */
export function addBackdoorUser(
  through: (service: string) => Actor,
  account: Account,
  incident: IncidentTruth,
): Actor {
  const actor = through('iam');
  const { random } = actor.scene;
  const userName = `${random.pick(NAMES)}${random.chance(0.4) ? random.digits(2) : ''}`;
  const user = composeUser(account, userName, random);
  actor.call('iam:CreateUser', {
    request: { userName },
    response: {
      user: { path: '/', userName, userId: user.id, arn: user.arn, createDate: longDateOf(actor.now) },
    },
  });
  const policyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  actor.call('iam:AttachUserPolicy', { request: { userName, policyArn } });
  if (random.chance(0.5)) {
    actor.call('iam:CreateLoginProfile', {
      request: { userName, passwordResetRequired: false },
      response: {
        loginProfile: { userName, createDate: longDateOf(actor.now), passwordResetRequired: false },
      },
    });
  }
  const accessKeyId = composeId('AKIA', account, random);
  actor.call('iam:CreateAccessKey', {
    request: { userName },
    response: { accessKey: { accessKeyId, status: 'Active', userName, createDate: longDateOf(actor.now) } },
  });
  incident.addTechniques('T1136.003', 'T1098.001', 'T1098.003');
  incident.addEntity('user', user.arn);
  incident.addEntity('credential', accessKeyId);
  return actor.as(userKey(user, accessKeyId), { fromConsole: false });
}

/** Lets an account outside assume a role: a way back that needs no key. */
export function trustOutsider(actor: Actor, role: Role, incident: IncidentTruth): void {
  const { random } = actor.scene;
  const outside = `${random.int(1, 9)}${random.digits(11)}`;
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${outside}:root` },
    Action: 'sts:AssumeRole',
  };
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  actor.call('iam:UpdateAssumeRolePolicy', { request: { roleName: role.name, policyDocument } });
  incident.addTechniques('T1098.001', 'T1098.003');
  incident.addEntity('role', role.arn);
}
