import { rootIdentity } from '../record/credential';
import type { Random } from '../random/random';
import { Actor, type Scene } from '../stage/actor';
import type { BenignTruth } from '../stage/truth';
import { composeId } from '../world/account';
import { DAY, HOUR } from '../world/calendar';
import type { World } from '../world/world';
import { signInDetails } from './sign-in';
import type { Task } from './task';

/** The root user looks at the bill, with MFA and from the office: loud for a rule, and harmless. */
export function rootVisit(world: World, random: Random): { tasks: Task[]; benign: BenignTruth[] } {
  const [account] = world.accounts;
  const day = world.start + random.int(2, Math.max(2, world.days - 3)) * DAY;
  const start = day + Math.round((10 + 4 * random.float() - world.staff.country.zoneHours) * HOUR);
  const eventIds: string[] = [];
  const run: Task['run'] = (r, emit) => {
    eventIds.length = 0;
    const scene: Scene = {
      random: r,
      clock: { now: start },
      pace: 25,
      emit: (event) => {
        eventIds.push(event.eventId);
        emit(event);
      },
    };
    const place = {
      address: world.staff.officeAddress,
      agent: world.staff.people[0]?.browser ?? '',
      region: 'us-east-1',
    };
    const door = new Actor(scene, rootIdentity(account, null, start), place);
    door.call('signin:ConsoleLogin', {
      type: 'AwsConsoleSignIn',
      response: { ConsoleLogin: 'Success' },
      extra: signInDetails('us-east-1', `arn:aws:iam::${account.id}:mfa/root-account-mfa-device`),
    });
    const key = composeId('ASIA', account, r);
    const root = door.as(rootIdentity(account, key, scene.clock.now), { fromConsole: true });
    root.call('iam:GetAccountSummary');
    root.call('ce:GetCostAndUsage', { request: { granularity: 'MONTHLY', metrics: ['UnblendedCost'] } });
    root.call('ce:GetCostForecast', { request: { granularity: 'MONTHLY' } });
    root.call('health:DescribeEventAggregates', { request: { aggregateField: 'eventTypeCategory' } });
  };
  return {
    tasks: [{ start, name: 'root', run }],
    benign: [
      {
        kind: 'rootBill',
        id: `arn:aws:iam::${account.id}:root`,
        note: 'looks at the bill with MFA',
        eventIds,
      },
    ],
  };
}
