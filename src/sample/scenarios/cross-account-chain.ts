import { askWhoAmI, lookAround } from '../attack/reconnaissance';
import { readSecrets, shareSnapshots } from '../attack/secrets';
import { keyHolders, takeKey } from '../attack/stolen-key';
import { MINUTE } from '../world/calendar';
import { machineRoles } from '../world/world';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'cross-account-chain',
  title: 'From role to role across accounts',
  description:
    'A stolen key assumes a role, that a role of the other account, that a third: secrets read, disks shared outside.',
  play(stage) {
    const { world } = stage;
    const incident = stage.incident('cross-account-chain');
    const victim = stage.random.fork('victim').pick(keyHolders(stage));
    const near = victim.account;
    const far = world.accounts[0] === near ? world.accounts[1] : world.accounts[0];
    const { actor } = takeKey(stage, { victim, from: stage.opening }, incident);
    const { random } = actor.scene;
    askWhoAmI(actor, incident);
    lookAround(actor, incident, { strength: 0.7, refusals: 0.7 });
    actor.pause(random.int(10, 120) * MINUTE);
    const { shared } = machineRoles(world, near);
    const { operator, backup } = machineRoles(world, far);
    const first = actor.assume(shared, 'session');
    first.call('sts:GetCallerIdentity');
    const second = first.assume(operator, 'session');
    second.call('sts:GetCallerIdentity');
    lookAround(second, incident, { strength: 0.5, refusals: 0.2 });
    const third = second.assume(backup, 'session');
    shareSnapshots(third, far, incident);
    readSecrets(second, far, incident);
    for (const { arn } of [shared, operator, backup]) incident.addEntity('role', arn);
    incident.addTechniques('T1550.001', 'T1548.005');
  },
});
