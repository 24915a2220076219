import type { Actor } from '../stage/actor';
import { accessKeyResource, apiCallAction } from '../stage/finding';
import type { Origin } from '../stage/origin';
import type { Stage } from '../stage/stage';
import type { IncidentTruth } from '../stage/truth';
import type { Account, Bucket } from '../world/account';
import type { Host } from '../world/hosts';

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

/** A trail of the account's own Region was switched off. */
export function trailDisabled(account: Account, trail: string, first: number): Alarm {
  return {
    type: 'Stealth:IAMUser/CloudTrailLoggingDisabled',
    severity: 2,
    title: `AWS CloudTrail trail ${trail} was disabled.`,
    account,
    region: account.home,
    api: 'StopLogging',
    service: 'cloudtrail',
    first,
  };
}

/** An instance's credentials were used from outside AWS for the named call. */
export function usedOutside(
  host: Host,
  { api, service, first }: Pick<Alarm, 'api' | 'service' | 'first'>,
): Alarm {
  return {
    type: 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
    severity: 8,
    title: `Credentials for the EC2 instance role ${host.role.name} were used from an external IP address.`,
    account: host.network.account,
    region: host.network.region,
    api,
    service,
    first,
  };
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
