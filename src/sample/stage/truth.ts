import type { Credential } from '../record/credential';
import { exactOf } from '../world/calendar';

interface FirstIntrusion {
  readonly eventId: string;
  readonly time: string;
  /** The user's or the role's ARN. */
  readonly principal: string;
  /** The ARN that made the call: the session for a role. */
  readonly principalArn: string;
  readonly credential: string;
  readonly ip: string;
}

interface TruthEntity {
  readonly type: 'principal' | 'credential' | 'address' | 'instance' | 'bucket' | 'user' | 'role' | 'secret';
  readonly id: string;
}

/** Something that looks bad and is not. */
export interface BenignTruth {
  readonly kind: string;
  readonly id: string;
  readonly note: string;
  readonly eventIds?: readonly string[];
}

/** What happened, in full: written beside the bundle, never read by the product. */
export interface Truth {
  readonly seed: number;
  readonly scenario: string;
  readonly firstIntrusion: FirstIntrusion | null;
  readonly incidents: readonly {
    readonly name: string;
    readonly firstIntrusion: FirstIntrusion | null;
    readonly eventIds: readonly string[];
    readonly findingIds: readonly string[];
    readonly techniques: readonly string[];
    readonly entities: readonly TruthEntity[];
  }[];
  readonly benign: readonly BenignTruth[];
  /** What the bundle holds: its time, and which logs are not in it. */
  readonly conditions: { readonly hours: number; readonly missing: readonly string[] };
}

interface Seen extends FirstIntrusion {
  readonly at: number;
}

/** Collects the truth of one incident while its script runs. */
export class IncidentTruth {
  private readonly calls: Seen[] = [];
  private readonly findingIds: string[] = [];
  /** Technique and, as an index into calls, the call it was last seen with. */
  private readonly techniques: { readonly id: string; readonly call: number }[] = [];
  private readonly entities = new Map<string, TruthEntity>();

  constructor(readonly name: string) {}

  /** Notes a record of the intruder: its caller, key and address become entities of the incident. */
  recordCall(call: { eventId: string; time: number; by: Credential; address: string }): void {
    const { by } = call;
    this.addEntity('principal', by.principal);
    if (by.accessKeyId !== null) this.addEntity('credential', by.accessKeyId);
    if (by.credential.includes('|')) this.addEntity('credential', by.credential);
    this.addEntity('address', call.address);
    this.calls.push({
      at: call.time,
      eventId: call.eventId,
      time: exactOf(call.time),
      principal: by.principal,
      principalArn: by.arn,
      credential: by.credential,
      ip: call.address,
    });
  }

  addEntity(type: TruthEntity['type'], id: string): void {
    this.entities.set(`${type} ${id}`, { type, id });
  }

  /** The ids of the entities of a type noted so far. */
  entityIds(type: TruthEntity['type']): string[] {
    return [...this.entities.values()].filter((e) => e.type === type).map((e) => e.id);
  }

  addTechniques(...ids: readonly string[]): void {
    const call = Math.max(0, this.calls.length - 1);
    for (const id of ids) this.techniques.push({ id, call });
  }

  addFinding(id: string): void {
    this.findingIds.push(id);
  }

  /** When the intruder's first record happened; Infinity before any. */
  get startedAt(): number {
    return Math.min(...this.calls.map(({ at }) => at));
  }

  /** The truth of this incident as far as the bundle holds it; null when it holds no call of it. */
  finish(isDelivered: (eventId: string) => boolean): Truth['incidents'][number] | null {
    const calls = this.calls.filter((call) => isDelivered(call.eventId));
    const [earliest, ...later] = calls;
    if (!earliest) return null;
    const first = later.reduce((a, b) => (b.at < a.at ? b : a), earliest);
    const { eventId, time, principal, principalArn, credential, ip } = first;
    const seen = this.techniques.filter(({ call }) => isDelivered(this.calls[call]?.eventId ?? ''));
    return {
      name: this.name,
      firstIntrusion: { eventId, time, principal, principalArn, credential, ip },
      eventIds: calls.map((call) => call.eventId),
      findingIds: this.findingIds,
      techniques: [...new Set(seen.map(({ id }) => id))].sort(),
      entities: [...this.entities.values()],
    };
  }
}
