import { api, type Api } from '../record/api';
import { type CallError, cloudtrailRecord, denial } from '../record/cloudtrail-record';
import { type Credential, foreignCaller, roleSession } from '../record/credential';
import type { Random } from '../random/random';
import { composeId, type Role } from '../world/account';
import { HOUR, isoOf } from '../world/calendar';
import { S3_REQUEST_ID, s3Details } from '../record/s3-details';
import type { EventSink } from './event';
import type { IncidentTruth } from './truth';

/** Where a caller sits and with what it calls. */
export interface Place {
  readonly address: string;
  readonly agent: string;
  readonly region: string;
  readonly endpointId?: string;
  /** Calls from inside AWS carry no TLS details. */
  readonly insideAws?: boolean;
  readonly fromConsole?: boolean;
}

/** One call in a script; objects are written as JSON. */
interface CallOptions {
  readonly request?: object | null;
  readonly requestJson?: string | null;
  readonly response?: object | null;
  readonly error?: CallError;
  /** Refuses the call; the ARN is what it asked for. */
  readonly deniedOn?: string;
  readonly resources?: readonly object[];
  readonly region?: string;
  readonly extra?: object;
  readonly bytesOut?: number;
  readonly type?: 'AwsApiCall' | 'AwsConsoleSignIn' | 'AwsServiceEvent';
  readonly agent?: string;
}

/** What actors share: one clock a script, one sink, one generator. */
export interface Scene {
  readonly random: Random;
  readonly emit: EventSink;
  readonly clock: { now: number };
  readonly incident?: IncidentTruth | null;
  /** Median seconds between two calls. */
  readonly pace: number;
}

function jsonOf(value: object | null | undefined): string | null {
  return value ? JSON.stringify(value) : null;
}

/**
 * Somebody who calls AWS: a credential at a place. Every call moves the clock by a human-like pause, becomes a record
 * of the caller's account and, in an incident, a line of the truth.
 */
export class Actor {
  constructor(
    readonly scene: Scene,
    readonly credential: Credential,
    readonly place: Place,
  ) {}

  get now(): number {
    return this.scene.clock.now;
  }

  /** Lets time pass. */
  pause(seconds: number): this {
    this.scene.clock.now += Math.max(0, Math.round(seconds));
    return this;
  }

  /** The same person with another credential or from another place. */
  as(credential: Credential, place: Partial<Place> = {}): Actor {
    return new Actor(this.scene, credential, { ...this.place, ...place });
  }

  /** The same person hurrying or taking time: another median pause between calls, on the same clock. */
  atPace(pace: number): Actor {
    return new Actor({ ...this.scene, pace }, this.credential, this.place);
  }

  /** Makes one call and returns the event id of its record. */
  call(id: string, options: CallOptions = {}): string {
    const { random, pace } = this.scene;
    if (pace > 0) this.pause(random.skewed(pace, 0.9));
    return this.emit(api(id), options, {
      recipient: this.credential.account,
      identityJson: this.credential.identity,
      requestId: null,
      sharedEventId: null,
    });
  }

  /** The same call several times over different requests. */
  callEach(id: string, requests: readonly object[]): void {
    for (const request of requests) this.call(id, { request });
  }

  /** A call that AWS refuses. */
  deny(id: string, resource: string, options: CallOptions = {}): string {
    return this.call(id, { ...options, deniedOn: resource });
  }

  /**
   * Assumes a role and returns the actor behind the issued key. Across accounts both accounts get a record with the
   * same sharedEventID, and the called account sees the caller as an account and a principal id only.
   */
  assume(role: Role, sessionName: string, place: Partial<Place> = {}): Actor {
    const { random, clock } = this.scene;
    if (this.scene.pace > 0) this.pause(random.skewed(this.scene.pace, 0.9));
    const accessKeyId = composeId('ASIA', role.account, random);
    const target = api('sts:AssumeRole');
    const options: CallOptions = {
      request: { roleArn: role.arn, roleSessionName: sessionName, durationSeconds: HOUR },
      response: issued(role, sessionName, accessKeyId, clock.now + HOUR, random),
      resources: [{ accountId: role.account.id, type: 'AWS::IAM::Role', ARN: role.arn }],
    };
    const crosses = role.account.id !== this.credential.account;
    const requestId = random.uuid();
    const sharedEventId = crosses ? random.uuid() : null;
    const shared = { requestId, sharedEventId };
    this.emit(target, options, {
      ...shared,
      recipient: this.credential.account,
      identityJson: this.credential.identity,
    });
    if (crosses) {
      this.emit(target, options, {
        ...shared,
        recipient: role.account.id,
        identityJson: foreignCaller(this.credential),
      });
    }
    const session = roleSession(role, { name: sessionName, accessKeyId, created: clock.now });
    return this.as(session, { region: role.account.home, ...place });
  }

  private emit(
    target: Api,
    options: CallOptions,
    delivery: {
      recipient: string;
      identityJson: string;
      requestId: string | null;
      sharedEventId: string | null;
    },
  ): string {
    const { random, clock, emit, incident } = this.scene;
    const { place, credential } = this;
    const { recipient } = delivery;
    const time = clock.now;
    const region = target.isGlobal ? 'us-east-1' : (options.region ?? place.region);
    const eventId = random.uuid();
    const text = cloudtrailRecord({
      ...delivery,
      ...this.answerOf(target, options),
      api: target,
      time,
      region,
      address: place.address,
      agent: options.agent ?? place.agent,
      requestJson: options.requestJson ?? jsonOf(options.request),
      resourcesJson: jsonOf(options.resources),
      requestId: delivery.requestId ?? requestIdOf(target, random),
      eventId,
      endpointId: place.endpointId ?? null,
      tlsHost: place.insideAws || options.type === 'AwsServiceEvent' ? null : tlsHost(target, region),
      type: options.type ?? 'AwsApiCall',
      fromConsole: place.fromConsole === true && options.type === undefined,
    });
    emit({
      time,
      account: recipient,
      region,
      eventId,
      text,
      isManagementWrite: !target.readOnly && !target.isData,
      isData: target.isData,
    });
    incident?.recordCall({ eventId, time, by: credential, address: place.address });
    return eventId;
  }

  private answerOf(
    target: Api,
    options: CallOptions,
  ): { error: CallError | null; responseJson: string | null; extraJson: string | null } {
    const { random } = this.scene;
    const refused = options.deniedOn ? denial(target, this.credential.arn, options.deniedOn) : null;
    const error = options.error ?? refused;
    const bytesOut = error ? 0 : (options.bytesOut ?? random.int(250, 6000));
    return {
      error,
      responseJson: error?.code ? null : jsonOf(options.response),
      extraJson:
        target.service === 's3' ? s3Details(random, { bytesOut, bytesIn: 0 }) : jsonOf(options.extra),
    };
  }
}

function requestIdOf(target: Api, random: Random): string {
  return target.service === 's3' ? random.text(S3_REQUEST_ID, 16) : random.uuid();
}

/** The host name a client connects to. */
export function tlsHost(target: Api, region: string): string {
  if (target.service === 'signin') return `${region}.signin.aws.amazon.com`;
  return target.isGlobal ? target.source : `${target.service}.${region}.amazonaws.com`;
}

function issued(
  role: Role,
  sessionName: string,
  accessKeyId: string,
  expires: number,
  random: Random,
): object {
  return {
    credentials: {
      accessKeyId,
      sessionToken: `IQoJb3JpZ2luX2VjE${random.token(180)}=`,
      expiration: expirationText(expires),
    },
    assumedRoleUser: {
      assumedRoleId: `${role.id}:${sessionName}`,
      arn: `arn:aws:sts::${role.account.id}:assumed-role/${role.name}/${sessionName}`,
    },
  };
}

function expirationText(time: number): string {
  const iso = isoOf(time);
  const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
  const month = Number(iso.slice(5, 7)) - 1;
  const hour = Number(iso.slice(11, 13));
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}${iso.slice(13, 19)} ${hour < 12 ? 'AM' : 'PM'}`;
  return `${months.slice(month * 3, month * 3 + 3)} ${Number(iso.slice(8, 10))}, ${iso.slice(0, 4)}, ${clock}`;
}

/** The response of an issuing call for scripts that write it themselves (SAML, web identity, service). */
export function issuedResponse(
  role: Role,
  session: { name: string; accessKeyId: string; expires: number },
  random: Random,
  more: object = {},
): object {
  return { ...issued(role, session.name, session.accessKeyId, session.expires, random), ...more };
}
