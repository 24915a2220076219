import { signInDetails } from '../background/sign-in';
import { userConsole, userOf, userSignIn } from '../record/credential';
import type { Actor } from '../stage/actor';
import { hostileOrigin, type Origin } from '../stage/origin';
import type { Stage } from '../stage/stage';
import type { IncidentTruth } from '../stage/truth';
import { composeId } from '../world/account';
import { isoOf } from '../world/calendar';
import type { Person } from '../world/people';

interface PhishedConsole {
  /** The actor for a service: the console mints a key for each. */
  readonly at: (service: string) => Actor;
  readonly origin: Origin;
}

const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0',
];

/**
 * A phished password opens the console from a new address: without a second factor, or with one that was passed on by
 * a proxy page. The first event is the sign-in.
 */
export function phishConsole(
  stage: Stage,
  plan: { victim: Person; from: number; avoid?: readonly Origin[] },
  incident: IncidentTruth,
): PhishedConsole {
  const { victim } = plan;
  const random = stage.random.fork(`phishing/${victim.name}`);
  const origin = hostileOrigin(random, plan.avoid);
  const user = userOf(victim);
  const region = victim.account.home;
  const place = { address: origin.address, agent: random.pick(BROWSERS), region };
  const door = stage.actor({ credential: userSignIn(user), place, from: plan.from, pace: 0 }, incident);
  const mfa = random.chance(0.4);
  const created = door.now;
  // The sign-in has no key yet; truth names the session that it opens.
  const session = { ...userSignIn(user), credential: `${user.arn}|${isoOf(created)}` };
  door.as(session).call('signin:ConsoleLogin', {
    type: 'AwsConsoleSignIn',
    response: { ConsoleLogin: 'Success' },
    extra: signInDetails(region, mfa ? `arn:aws:iam::${user.account}:mfa/${user.name}` : null),
  });
  incident.addTechniques('T1078.004', ...(mfa ? ['T1557'] : []));
  incident.addEntity('user', user.arn);
  const keys = new Map<string, Actor>();
  const inside = door.atPace(35);
  const at = (service: string): Actor => {
    const known = keys.get(service);
    if (known) return known;
    const key = composeId('ASIA', victim.account, inside.scene.random);
    const actor = inside.as(userConsole(user, key, created, mfa), { fromConsole: true });
    keys.set(service, actor);
    return actor;
  };
  return { at, origin };
}
