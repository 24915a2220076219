import { userKey, userOf } from '../record/credential';
import type { Actor } from '../stage/actor';
import type { IncidentTruth } from '../stage/truth';
import { composeId, type Role } from '../world/account';
import { longDateOf } from '../world/calendar';
import { machineRoles, type World } from '../world/world';

const EVERYTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

interface Escalation {
  readonly world: World;
  readonly role: Role;
  readonly incident: IncidentTruth;
}

/** Gives the intruder's usual session the rights gained: the session itself, another key, or a role it assumes. */
type Entry = (session: Actor) => Actor;

type Way = (actor: Actor, plan: Escalation) => Entry;

const asItself: Entry = (session) => session;

const inlinePolicy: Way = (actor, { role, incident }) => {
  const { random } = actor.scene;
  const policyName = random.pick(['default', 'access-policy', 'service-access', 'inline', 'app-permissions']);
  actor.call('iam:PutRolePolicy', {
    request: { roleName: role.name, policyName, policyDocument: EVERYTHING },
  });
  incident.addTechniques('T1098.003');
  return asItself;
};

const managedPolicy: Way = (actor, { role, incident }) => {
  actor.call('iam:AttachRolePolicy', {
    request: { roleName: role.name, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  });
  incident.addTechniques('T1098.003');
  return asItself;
};

const policyVersion: Way = (actor, { role, incident }) => {
  const { random } = actor.scene;
  const policyArn = `arn:aws:iam::${role.account.id}:policy/${role.name}-${random.pick(['access', 'policy', 'permissions'])}`;
  actor.call('iam:GetPolicy', { request: { policyArn } });
  actor.call('iam:GetPolicyVersion', { request: { policyArn, versionId: 'v1' } });
  actor.call('iam:CreatePolicyVersion', {
    request: { policyArn, policyDocument: EVERYTHING, setAsDefault: true },
    response: {
      policyVersion: { versionId: 'v2', isDefaultVersion: true, createDate: longDateOf(actor.now) },
    },
  });
  incident.addTechniques('T1098.003');
  return asItself;
};

const keyOfAdmin: Way = (actor, { world, role, incident }) => {
  const { random } = actor.scene;
  const users = world.staff.people.filter(
    (p) => p.accessKeyId !== null && p.account === role.account && p.from === 0,
  );
  const victim = users.find((p) => p.job === 'admin') ?? users[0];
  if (!victim) return managedPolicy(actor, { world, role, incident });
  const accessKeyId = composeId('AKIA', role.account, random);
  const userName = victim.name;
  actor.call('iam:ListAccessKeys', { request: { userName } });
  actor.call('iam:CreateAccessKey', {
    request: { userName },
    response: { accessKey: { accessKeyId, status: 'Active', userName, createDate: longDateOf(actor.now) } },
  });
  incident.addTechniques('T1098.001');
  incident.addEntity('credential', accessKeyId);
  const credential = userKey(userOf(victim), accessKeyId);
  actor.as(credential).pause(random.int(20, 240)).call('sts:GetCallerIdentity');
  return (session) => session.as(credential);
};

const trustPolicy: Way = (actor, { world, role, incident }) => {
  const { operator } = machineRoles(world, role.account);
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: role.arn }, Action: 'sts:AssumeRole' }],
  });
  actor.call('iam:UpdateAssumeRolePolicy', { request: { roleName: operator.name, policyDocument } });
  incident.addTechniques('T1098.003', 'T1078.004');
  incident.addEntity('role', operator.arn);
  const name = actor.scene.random.pick(['session', 'admin', 'ops', 'aws-cli']);
  return (session) => session.pause(12).assume(operator, name, { region: session.place.region });
};

const WAYS: readonly Way[] = [inlinePolicy, managedPolicy, policyVersion, keyOfAdmin, trustPolicy];

/**
 * Gains rights: first refused, then by one of five ways allowed. Returns the way in that holds the new rights.
 */
export function escalate(actor: Actor, plan: Escalation): Entry {
  const { random } = actor.scene;
  const { account } = plan.role;
  actor.deny(
    'iam:CreateUser',
    `arn:aws:iam::${account.id}:user/${random.pick(['support', 'backup', 'svc'])}`,
  );
  const entry = random.pick(WAYS)(actor, plan);
  entry(actor.pause(random.int(40, 400))).call('iam:ListUsers');
  plan.incident.addTechniques('T1548.005');
  plan.incident.addEntity('role', plan.role.arn);
  return entry;
}
