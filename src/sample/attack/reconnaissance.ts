import type { Actor } from '../stage/actor';
import type { IncidentTruth } from '../stage/truth';
import type { World } from '../world/world';

/** How an intruder looks around: what a call asks and whether a service role is usually refused it. */
interface Look {
  readonly api: string;
  readonly refused: number;
  readonly request?: object;
}

const LOOKS: readonly Look[] = [
  { api: 's3:ListBuckets', refused: 0.1, request: { Host: 's3.amazonaws.com' } },
  { api: 'iam:ListUsers', refused: 0.7 },
  { api: 'iam:ListRoles', refused: 0.5 },
  { api: 'iam:ListGroups', refused: 0.7 },
  { api: 'iam:ListPolicies', refused: 0.5, request: { scope: 'Local', onlyAttached: false } },
  { api: 'iam:GetAccountSummary', refused: 0.4 },
  { api: 'iam:GetAccountAuthorizationDetails', refused: 0.8 },
  {
    api: 'ec2:DescribeInstances',
    refused: 0.1,
    request: { maxResults: 1000, instancesSet: {}, filterSet: {} },
  },
  { api: 'ec2:DescribeSecurityGroups', refused: 0.2, request: { securityGroupSet: {}, filterSet: {} } },
  { api: 'ec2:DescribeSnapshots', refused: 0.4, request: { ownersSet: { items: [{ owner: 'self' }] } } },
  { api: 'ec2:DescribeVpcs', refused: 0.2, request: { vpcSet: {}, filterSet: {} } },
  { api: 'ec2:DescribeRegions', refused: 0, request: { regionSet: {} } },
  { api: 'secretsmanager:ListSecrets', refused: 0.5 },
  { api: 'ssm:DescribeParameters', refused: 0.5 },
  { api: 'lambda:ListFunctions20150331', refused: 0.4 },
  { api: 'rds:DescribeDBInstances', refused: 0.5 },
  { api: 'kms:ListKeys', refused: 0.5 },
  {
    api: 'cloudtrail:DescribeTrails',
    refused: 0.3,
    request: { includeShadowTrails: true, trailNameList: [] },
  },
  { api: 'guardduty:ListDetectors', refused: 0.4 },
  { api: 'organizations:DescribeOrganization', refused: 0.6 },
  { api: 'ses:GetSendQuota', refused: 0.8 },
];

/** Asks who the key belongs to: what almost every intruder does first. */
export function askWhoAmI(actor: Actor, incident: IncidentTruth): void {
  actor.call('sts:GetCallerIdentity');
  incident.addTechniques('T1078.004');
}

/** Looks around the account; a part is refused, less for strong credentials (`refusals` below 1). */
export function lookAround(
  actor: Actor,
  incident: IncidentTruth,
  { strength = 1, refusals = 1 }: { strength?: number; refusals?: number } = {},
): void {
  const { random } = actor.scene;
  const looks = random.sample(LOOKS, Math.round(random.int(12, 18) * strength));
  for (const look of looks) {
    const request = look.request ?? null;
    if (random.chance(look.refused * refusals)) {
      actor.deny(look.api, '*', { request });
      if (random.chance(0.3)) actor.deny(look.api, '*', { request });
    } else {
      actor.call(look.api, { request });
    }
    if (random.chance(0.08)) actor.pause(random.skewed(900, 0.5));
  }
  incident.addTechniques('T1580', 'T1087.004', 'T1526', 'T1619');
}

/** Reads the rights of the own role, step by step. */
export function readOwnRights(actor: Actor, roleName: string, incident: IncidentTruth): void {
  actor.call('iam:GetRole', { request: { roleName } });
  actor.call('iam:ListAttachedRolePolicies', { request: { roleName } });
  actor.call('iam:ListRolePolicies', { request: { roleName } });
  incident.addTechniques('T1069.003');
}

/** Tries roles it may not assume. */
export function guessRoles(actor: Actor, world: World, incident: IncidentTruth): void {
  const { random } = actor.scene;
  const names = random.sample(
    [...world.roles.values()].flatMap((r) => [r.terraform, r.backup, r.operator]),
    3,
  );
  for (const role of names) actor.deny('sts:AssumeRole', role.arn, { request: null });
  incident.addTechniques('T1548.005');
}
