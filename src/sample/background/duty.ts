import { userKey, userOf } from '../record/credential';
import type { Random } from '../random/random';
import { Actor, type Scene } from '../stage/actor';
import type { BenignTruth } from '../stage/truth';
import { DAY, HOUR, weekdayOf } from '../world/calendar';
import { type Person, toolsAt } from '../world/people';
import type { World } from '../world/world';
import { openConsole, openSso, placeOf } from './sign-in';
import type { Task } from './task';

/** What a person does with the rights they have; `at` gives the actor for a service. */
export type Duty = (who: Person, at: (service: string) => Actor) => void;

interface DutyPlan {
  readonly kind: string;
  readonly who: Person;
  readonly start: number;
  readonly note: string;
  readonly duty: Duty;
  /** Where it is done from, when not where the person is that day. */
  readonly address?: string;
  readonly byConsole?: boolean;
}

/** Privileged work of a person as a task, and the line the truth holds about it. */
export function dutyTask(world: World, plan: DutyPlan): { task: Task; benign: BenignTruth } {
  const { kind, who, start, note, duty } = plan;
  const ids: string[] = [];
  const task: Task = {
    start,
    name: `admin/${kind}/${start}`,
    run: (r, emit) => {
      ids.length = 0;
      const scene: Scene = {
        random: r,
        clock: { now: start },
        pace: 20,
        emit: (event) => {
          ids.push(event.eventId);
          emit(event);
        },
      };
      const place = {
        address: plan.address ?? placeOf(who, world, start, scene),
        agent: toolsAt(who, start).cli,
        region: who.account.home,
      };
      const byConsole = plan.byConsole ?? r.chance(0.5);
      const session = byConsole ? null : commandLine(who, scene, place);
      const console = byConsole ? openConsole(who, place, scene) : null;
      duty(who, (service) => session ?? (console as (s: string) => Actor)(service));
    },
  };
  return { task, benign: { kind, id: who.ssoRole?.arn ?? who.userArn, note, eventIds: ids } };
}

function commandLine(
  person: Person,
  scene: Scene,
  place: { address: string; agent: string; region: string },
): Actor {
  if (person.ssoRole) return openSso(person, place, scene);
  return new Actor(scene, userKey(userOf(person), person.accessKeyId ?? ''), place);
}

/** A time of the day, or of the next working day, at which the person works. */
export function workingTime(world: World, person: Person, time: number, random: Random): number {
  let day = time - ((time - world.start) % DAY);
  while (weekdayOf(day) >= 5) day += DAY;
  return Math.min(
    world.end - 2 * HOUR,
    day + Math.round((9.5 + 6 * random.float() - person.zoneHours) * HOUR),
  );
}

/** An hour of the person's clock on the day of a time. */
export function hourOf(world: World, person: Person, time: number, hour: number): number {
  const day = time - ((time - world.start) % DAY);
  return Math.min(world.end - 2 * HOUR, day + Math.round((hour - person.zoneHours) * HOUR));
}
