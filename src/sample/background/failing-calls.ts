import { functionSession } from '../record/credential';
import { itemAt } from '../random/item-at';
import type { Random } from '../random/random';
import { Actor, type Scene } from '../stage/actor';
import type { BenignTruth } from '../stage/truth';
import { HOUR } from '../world/calendar';
import type { CloudFunction } from '../world/functions';
import { machineRoles, type World } from '../world/world';
import { openBuild } from './pipeline-runs';
import type { Task } from './task';

/**
 * A bad release: a function without a right it needs tries again and again, a build fails on every step. Many denied
 * calls on one day that have nothing to do with any intruder.
 */
export function failingCalls(
  world: World,
  around: number,
  density: number,
  random: Random,
): { tasks: Task[]; benign: BenignTruth[] } {
  const fn = random.pick(world.functions);
  const tasks: Task[] = [0, 1, 2, 3].map((i) => {
    const start = around + random.int(-8, 10) * HOUR + i * 700;
    return {
      start,
      name: `failing/${i}`,
      run: (r, emit) => {
        const scene: Scene = { random: r, emit, clock: { now: start }, pace: 3 };
        if (i < 3) failFunction(fn, scene, Math.max(12, Math.round(r.int(40, 90) * density)));
        else failBuild(world, scene);
      },
    };
  });
  return {
    tasks,
    benign: [
      { kind: 'failingFunction', id: fn.role.arn, note: 'lacks a right after a release and retries' },
      {
        kind: 'failingBuild',
        id: machineRoles(world, world.accounts[0]).ci.arn,
        note: 'a build without rights on its new cluster',
      },
    ],
  };
}

function failFunction(fn: CloudFunction, scene: Scene, count: number): void {
  const { random, clock } = scene;
  const environment = fn.environments.find((e) => clock.now < e.to) ?? itemAt(fn.environments, 0);
  const at = new Actor(scene, functionSession(fn, environment), {
    address: environment.address,
    agent: fn.agent,
    region: fn.region,
  });
  const secret = random.pick(fn.account.secrets);
  for (let i = 0; i < count; i += 1) {
    at.deny(
      'secretsmanager:GetSecretValue',
      `arn:aws:secretsmanager:${fn.region}:${fn.account.id}:secret:${secret}`,
    );
  }
}

function failBuild(world: World, scene: Scene): void {
  const run = openBuild(world, world.accounts[0], scene);
  const cluster = `arn:aws:ecs:${world.accounts[0].home}:${world.accounts[0].id}:cluster/next`;
  for (let i = 0; i < 14; i += 1) run.deny('ecs:UpdateService', cluster, { request: null });
}
