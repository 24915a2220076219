import { askWhoAmI, lookAround } from '../attack/reconnaissance';
import { keyHolders, takeKey } from '../attack/stolen-key';
import { addBackdoorUser } from '../attack/persistence';
import type { Actor } from '../stage/actor';
import type { IncidentTruth } from '../stage/truth';
import type { Account } from '../world/account';
import { MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

/** Takes the keys of the account away from it: by their policy, by disabling them, by scheduling their end. */
function lockKeys(actor: Actor, account: Account, incident: IncidentTruth): void {
  const { random } = actor.scene;
  const region = account.home;
  const outside = `${random.int(1, 9)}${random.digits(11)}`;
  actor.call('kms:ListKeys', { region, request: { limit: 100 } });
  actor.call('kms:ListAliases', { region, request: { limit: 100 } });
  for (const keyId of account.keys) actor.call('kms:DescribeKey', { region, request: { keyId } });
  for (const keyId of random.sample(account.keys, random.int(1, 3))) {
    actor.call('kms:PutKeyPolicy', {
      region,
      request: {
        keyId,
        policyName: 'default',
        bypassPolicyLockoutSafetyCheck: true,
        policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::${outside}:root` },
              Action: 'kms:*',
              Resource: '*',
            },
          ],
        }),
      },
    });
    if (random.chance(0.5)) actor.call('kms:DisableKey', { region, request: { keyId } });
    else actor.call('kms:ScheduleKeyDeletion', { region, request: { keyId, pendingWindowInDays: 7 } });
  }
  incident.addTechniques('T1486', 'T1490', 'T1485');
}

/** Removes what the firm could come back from. */
function removeSnapshots(actor: Actor, account: Account, incident: IncidentTruth): void {
  const { random } = actor.scene;
  const region = account.home;
  actor.call('ec2:DescribeSnapshots', { region, request: { ownersSet: { items: [{ owner: 'self' }] } } });
  for (let i = random.int(4, 14); i > 0; i -= 1)
    actor.call('ec2:DeleteSnapshot', {
      region,
      request: { snapshotId: `snap-0${random.hex(16)}`, force: false },
    });
  actor.call('rds:DescribeDBInstances', { region, request: { maxRecords: 100 } });
  for (const product of random.sample(account.tables, 2))
    actor.call('rds:DeleteDBInstance', {
      region,
      request: { dBInstanceIdentifier: product, skipFinalSnapshot: true, deleteAutomatedBackups: true },
    });
  incident.addTechniques('T1490', 'T1485');
}

export default defineScenario({
  id: 'kms-ransom',
  title: 'Locked out of the own keys',
  description:
    'An administrator’s key is stolen: the policies of the encryption keys shut the firm out, snapshots and databases go.',
  play(stage) {
    const incident = stage.incident('kms-ransom');
    const holders = keyHolders(stage);
    const strong = holders.filter((p) => p.job === 'admin' || p.job === 'database');
    const victim = stage.random.fork('victim').pick(strong.length > 0 ? strong : holders);
    const { account } = victim;
    const { actor } = takeKey(stage, { victim, from: stage.opening }, incident);
    const { random } = actor.scene;
    askWhoAmI(actor, incident);
    lookAround(actor, incident, { strength: 0.4, refusals: 0.1 });
    const through = random.chance(0.4) ? addBackdoorUser(() => actor, account, incident) : actor;
    through.pause(random.int(20, 300) * MINUTE);
    removeSnapshots(through, account, incident);
    lockKeys(through, account, incident);
  },
});
