import { raiseAlarm } from '../attack/findings';
import { mineCoins } from '../attack/mining';
import { addBackdoorUser } from '../attack/persistence';
import { askWhoAmI, lookAround } from '../attack/reconnaissance';
import { keyHolders, takeKey } from '../attack/stolen-key';
import { MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'leaked-key',
  title: 'A leaked key and other people’s machines',
  description:
    'A long-term key used from a new address: a look around, a new administrator, large machines in unused Regions.',
  play(stage) {
    const incident = stage.incident('leaked-key');
    const victim = stage.random.fork('victim').pick(keyHolders(stage));
    const { actor, origin } = takeKey(stage, { victim, from: stage.opening }, incident);
    const { random } = actor.scene;
    askWhoAmI(actor, incident);
    const first = actor.now;
    lookAround(actor, incident, { refusals: 0.6 });
    actor.pause(random.int(20, 200) * MINUTE);
    const backdoor = addBackdoorUser(() => actor, victim.account, incident);
    backdoor.pause(random.int(5, 120) * MINUTE).call('sts:GetCallerIdentity');
    mineCoins(backdoor, victim.account, incident);
    raiseAlarm(
      stage,
      actor,
      origin,
      {
        type: 'UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom',
        severity: 5,
        title: `The API was invoked by ${victim.name} from a listed address.`,
        account: victim.account,
        region: victim.account.home,
        api: 'GetCallerIdentity',
        service: 'sts',
        first,
      },
      incident,
    );
  },
});
