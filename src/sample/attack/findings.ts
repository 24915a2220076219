import type { Actor } from '../stage/actor';
import { accessKeyResource, apiCallAction } from '../stage/finding';
import type { Origin } from '../stage/origin';
import type { Stage } from '../stage/stage';
import type { IncidentTruth } from '../stage/truth';
import type { Account, Bucket } from '../world/account';

/** An API finding of the provider about an intruder's credential. */
interface Alarm {
  readonly type: string;
  readonly severity: number;
  readonly title: string;
  readonly account: Account;
  readonly region: string;
  readonly api: string;
  readonly service: string;
  readonly first: number;
  readonly count?: number;
  readonly bucket?: Bucket;
}

/** Lets the provider raise its finding about what the actor did, as its type and severity are documented. */
export function raiseAlarm(
  stage: Stage,
  actor: Actor,
  origin: Origin,
  alarm: Alarm,
  incident: IncidentTruth | null,
): string {
  const last = Math.max(alarm.first, actor.now);
  return stage.finding(
    {
      account: alarm.account,
      region: alarm.region,
      type: alarm.type,
      severity: alarm.severity,
      title: alarm.title,
      description: `API ${alarm.api} was invoked from the remote address ${origin.address}. ${alarm.title}`,
      resource: accessKeyResource(actor.credential, alarm.bucket),
      action: apiCallAction({ api: alarm.api, service: alarm.service, from: origin }),
      role: 'TARGET',
      first: alarm.first,
      last,
      count: alarm.count ?? 1,
    },
    incident,
  );
}
