import { raiseAlarm, trailDisabled } from '../attack/findings';
import { addBackdoorUser, trustOutsider } from '../attack/persistence';
import { readSecrets } from '../attack/secrets';
import { keyHolders, takeKey } from '../attack/stolen-key';
import { blindTrail, blindWatchers } from '../attack/tampering';
import { MINUTE } from '../world/calendar';
import { machineRoles } from '../world/world';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'log-tampering-first',
  title: 'The lights go out first',
  description:
    'A stolen key first blinds the trail and the watchers, then reads secrets and leaves two ways back.',
  play(stage) {
    const incident = stage.incident('log-tampering-first');
    const holders = keyHolders(stage);
    const admins = holders.filter((p) => p.job === 'admin');
    const victim = stage.random.fork('victim').pick(admins.length > 0 ? admins : holders);
    const { actor, origin } = takeKey(stage, { victim, from: stage.opening }, incident);
    const { account } = victim;
    const first = blindTrail(stage, actor, account, incident);
    raiseAlarm(stage, actor, origin, trailDisabled(account, account.secondTrail, first), incident);
    blindWatchers(actor, account, incident);
    actor.pause(actor.scene.random.int(30, 300) * MINUTE);
    readSecrets(actor, account, incident);
    const backdoor = addBackdoorUser(() => actor, account, incident);
    backdoor.pause(400).call('sts:GetCallerIdentity');
    trustOutsider(backdoor, machineRoles(stage.world, account).operator, incident);
  },
});
