import { userKey, userOf } from '../record/credential';
import type { Actor } from '../stage/actor';
import { hostileAgent, hostileOrigin, type Origin } from '../stage/origin';
import type { Stage } from '../stage/stage';
import type { IncidentTruth } from '../stage/truth';
import type { Person } from '../world/people';

interface StolenKey {
  readonly actor: Actor;
  readonly origin: Origin;
  readonly victim: Person;
}

/** People who sign with a long-term key and work all month at their usual places. */
export function keyHolders(stage: Stage): Person[] {
  const { people, traveller } = stage.world.staff;
  return people.filter((p) => p.accessKeyId !== null && p.from === 0 && p !== traveller);
}

/**
 * Somebody outside holds a person's long-term key, from a repository or a laptop, and calls with it from a new address
 * while the owner goes on working with the same key.
 */
export function takeKey(
  stage: Stage,
  plan: { victim: Person; from: number; pace?: number; avoid?: readonly Origin[] },
  incident: IncidentTruth,
): StolenKey {
  const { victim, from } = plan;
  const random = stage.random.fork(`stolen-key/${victim.name}`);
  const origin = hostileOrigin(random, plan.avoid);
  const credential = userKey(userOf(victim), victim.accessKeyId ?? '');
  const place = { address: origin.address, agent: hostileAgent(random), region: victim.account.home };
  const actor = stage.actor({ credential, place, from, pace: plan.pace ?? 25 }, incident);
  incident.addTechniques('T1078.004');
  incident.addEntity('user', victim.userArn);
  return { actor, origin, victim };
}
