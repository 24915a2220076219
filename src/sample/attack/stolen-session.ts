import { openBuild } from '../background/pipeline-runs';
import { functionSession, instanceSession } from '../record/credential';
import type { Actor } from '../stage/actor';
import { hostileAgent, hostileOrigin, type Origin } from '../stage/origin';
import type { Stage } from '../stage/stage';
import type { IncidentTruth } from '../stage/truth';
import type { Account } from '../world/account';
import type { CloudFunction } from '../world/functions';
import type { Host } from '../world/hosts';

interface StolenSession {
  readonly actor: Actor;
  readonly origin: Origin;
}

/** The credentials of an instance, read through a hole in what it serves, used from outside while the host works on. */
export function takeInstanceSession(
  stage: Stage,
  plan: { host: Host; from: number; pace?: number; origin?: Origin },
  incident: IncidentTruth,
): StolenSession {
  const { host, from } = plan;
  const random = stage.random.fork(`stolen-session/${host.instanceId}`);
  const origin = plan.origin ?? hostileOrigin(random);
  const place = { address: origin.address, agent: hostileAgent(random), region: host.network.region };
  const credential = instanceSession(host, from);
  incident.addEntity('instance', host.instanceId);
  incident.addTechniques('T1552.005', 'T1078.004');
  return { actor: stage.actor({ credential, place, from, pace: plan.pace ?? 25 }, incident), origin };
}

/** The credentials of a function's environment, leaked by its own code, used from outside. */
export function takeFunctionSession(
  stage: Stage,
  plan: { fn: CloudFunction; from: number; origin: Origin; agent: string },
  incident: IncidentTruth,
): Actor {
  const { fn, from, origin } = plan;
  const environment = fn.environments.find((e) => from < e.to) ?? fn.environments[0];
  if (!environment) throw new RangeError(`${fn.name} has an environment`);
  incident.addEntity('role', fn.role.arn);
  const place = { address: origin.address, agent: plan.agent, region: fn.region };
  return stage.actor({ credential: functionSession(fn, environment), place, from, pace: 20 }, incident);
}

/** A build runs as always, its session key goes out with a poisoned step, and is used within the hour it lives. */
export function takeBuildSession(
  stage: Stage,
  plan: { account: Account; from: number },
  incident: IncidentTruth,
): StolenSession {
  const random = stage.random.fork('stolen-build');
  const build = openBuild(stage.world, plan.account, stage.scene(plan.from, null, 4));
  build.call('sts:GetCallerIdentity');
  build.call('ecr:GetAuthorizationToken', { request: {} });
  const origin = hostileOrigin(random);
  const place = { ...build.place, address: origin.address, agent: hostileAgent(random) };
  const from = build.now + random.int(40, 600);
  incident.addTechniques('T1528', 'T1078.004');
  return { actor: stage.actor({ credential: build.credential, place, from, pace: 14 }, incident), origin };
}
