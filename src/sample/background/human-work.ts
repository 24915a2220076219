import { userKey, userOf } from '../record/credential';
import { usualRequest, type RequestPlace } from '../record/requests';
import type { Random } from '../random/random';
import { Actor, type Place, type Scene } from '../stage/actor';
import { DAY, HOUR, weekdayOf } from '../world/calendar';
import { type Person, toolsAt } from '../world/people';
import type { World } from '../world/world';
import { openConsole, openSso, placeOf } from './sign-in';
import type { Task } from './task';
import { HABITS } from './work-habits';

/** Sessions of everybody on every day: two or three on working days, few at week ends. */
export function humanWork(world: World, density: number, random: Random): Task[] {
  const tasks: Task[] = [];
  for (const person of world.staff.people) {
    const own = random.fork(person.name);
    for (let day = world.start; day < world.end; day += DAY) {
      if (day < person.from) continue;
      const weekend = weekdayOf(day) >= 5;
      if (!own.chance(weekend ? 0.1 : 0.93)) continue;
      const sessions = weekend ? 1 : own.int(1, 3);
      for (let i = 0; i < sessions; i += 1) {
        const hour = 8.2 + (9 / sessions) * (i + own.float() * 0.8) - person.zoneHours;
        const start = day + Math.round(hour * HOUR);
        if (isOnTheWay(person, start)) continue;
        tasks.push({
          start,
          name: `work/${person.name}/${start}`,
          run: (r, emit) => {
            workSession(person, world, density, { random: r, emit, clock: { now: start }, pace: 0 });
          },
        });
      }
    }
  }
  return tasks;
}

/** Nobody works on the plane: neither half a day before a journey nor half a day after its begin and its end. */
function isOnTheWay({ travel }: Person, time: number): boolean {
  return travel !== null && [travel.from, travel.to].some((turn) => Math.abs(time - turn) < 14 * HOUR);
}

/** What request parameters of this account's people name. */
function requestPlace(world: World, person: Person, region: string): RequestPlace {
  const hosts = world.hosts.filter((h) => h.network.account === person.account);
  return {
    account: person.account,
    region,
    instanceIds: hosts.map((h) => h.instanceId),
    roleNames: hosts.map((h) => h.role.name),
  };
}

function workSession(person: Person, world: World, density: number, scene: Scene): void {
  const { random } = scene;
  const region = random.chance(0.8) ? person.account.home : random.pick(person.account.regions);
  const place: Place = {
    address: placeOf(person, world, scene.clock.now, scene),
    agent: toolsAt(person, scene.clock.now).cli,
    region,
  };
  const calls = Math.max(3, Math.round(random.skewed(34, 0.6) * density));
  const console = random.chance(person.job === 'developer' ? 0.5 : 0.75);
  const actorFor = console ? openConsole(person, place, scene) : atCommandLine(person, place, scene);
  const where = requestPlace(world, person, region);
  for (let left = calls; left > 0;) {
    scene.clock.now += Math.round(random.skewed(95, 1));
    // A page of the console asks several things at once, a command asks one.
    const burst = Math.min(left, console ? random.int(1, 6) : random.int(1, 2));
    for (let i = 0; i < burst; i += 1) oneCall(person, where, actorFor, random);
    left -= burst;
  }
}

function oneCall(
  person: Person,
  where: RequestPlace,
  actorFor: (service: string) => Actor,
  random: Random,
): void {
  const id = random.weighted(HABITS[person.job]);
  const actor = actorFor(id.split(':')[0] ?? '').pause(random.int(0, 2));
  const requestJson = usualRequest(id, where, random);
  const refused = !person.ssoRole?.name.includes('Administrator') && random.chance(0.012);
  actor.call(id, { requestJson, ...(refused ? { deniedOn: '*' } : {}) });
}

function atCommandLine(person: Person, place: Place, scene: Scene): (service: string) => Actor {
  if (person.ssoRole) {
    const session = openSso(person, place, scene);
    return () => session;
  }
  if (person.accessKeyId === null) throw new RangeError(`${person.name} has no key`);
  const actor = new Actor(scene, userKey(userOf(person), person.accessKeyId), place);
  return () => actor;
}
