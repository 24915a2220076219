import type { Random } from './random/random';
import type { ComposedEvent } from './stage/event';
import { DAY, HOUR } from './world/calendar';
import type { World } from './world/world';

/** What a bundle holds of the world's time and logs. */
export interface Conditions {
  readonly from: number;
  readonly until: number;
  /** Names of the logs that are not in the bundle. */
  readonly missing: readonly string[];
  readonly hasFlows: boolean;
  readonly hasFindings: boolean;
  /** Whether the bundle has the record, its time apart. */
  holds(event: ComposedEvent): boolean;
}

/** Lengths of what customers hand over: an excerpt of hours, the days around an alarm, a quarter. */
const LENGTHS = [2 * HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 60 * DAY, 90 * DAY];

/** The whole time of the world with all its logs. */
export function allOf(world: World): Conditions {
  return {
    from: world.start,
    until: world.end,
    missing: [],
    hasFlows: true,
    hasFindings: true,
    holds: () => true,
  };
}

/** How long a varied bundle of the seed is, in seconds. */
export function lengthOf(random: Random): number {
  return random.fork('length').pick(LENGTHS);
}

/**
 * The part that a seed hands over: around the beginning of the story when it is short, and often without some logs, as
 * exports are: no flow logs, no GuardDuty, no data events, one account's trail, the Region that records IAM, some hours.
 */
export function conditionsOf(world: World, begins: number, length: number, random: Random): Conditions {
  const lead = Math.round(length * (0.15 + 0.5 * random.fork('lead').float()));
  const whole = length >= world.end - world.start;
  const from = whole ? world.start : Math.max(world.start, begins - lead);
  const until = whole ? world.end : Math.min(world.end, from + length);
  const lacks = random.fork('missing');
  const missing: string[] = [];
  const lack = (share: number, name: string): boolean => {
    const drawn = lacks.fork(name).chance(share);
    if (drawn) missing.push(name);
    return drawn;
  };
  const noFlows = lack(0.25, 'flow logs');
  const noFindings = lack(0.3, 'GuardDuty');
  const noData = lack(0.25, 'data events');
  const [near, far] = world.accounts;
  const noAccount = lack(0.12, `CloudTrail of ${far.id}`);
  const noGlobal = near.home !== 'us-east-1' && lack(0.08, 'CloudTrail of us-east-1');
  const gapStart = from + Math.round((until - from) * lacks.fork('gap').float());
  const gapEnd = gapStart + Math.min(lacks.int(1, 8) * HOUR, (until - from) / 8);
  const gap = lack(0.12, `CloudTrail of ${near.id} for some hours`);
  return {
    from,
    until,
    missing,
    hasFlows: !noFlows,
    hasFindings: !noFindings,
    holds: ({ account, region, isData, time }) =>
      !(
        (noData && isData) ||
        (noAccount && account === far.id) ||
        (noGlobal && region === 'us-east-1') ||
        (gap && account === near.id && time >= gapStart && time < gapEnd)
      ),
  };
}
