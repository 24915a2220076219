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
}

interface Seen extends FirstIntrusion {
  readonly at: number;
}

/** Collects the truth of one incident while its script runs. */
export class IncidentTruth {
  private readonly eventIds: string[] = [];
  private readonly findingIds: string[] = [];
  private readonly techniques = new Set<string>();
  private readonly entities = new Map<string, TruthEntity>();
  private first: Seen | null = null;

  constructor(readonly name: string) {}

  /** Notes a record of the intruder: its caller, key and address become entities of the incident. */
  recordCall(call: { eventId: string; time: number; by: Credential; address: string }): void {
    const { by } = call;
    this.eventIds.push(call.eventId);
    this.addEntity('principal', by.principal);
    if (by.accessKeyId !== null) this.addEntity('credential', by.accessKeyId);
    if (by.credential.includes('|')) this.addEntity('credential', by.credential);
    this.addEntity('address', call.address);
    if (this.first !== null && this.first.at <= call.time) return;
    this.first = {
      at: call.time,
      eventId: call.eventId,
      time: exactOf(call.time),
      principal: by.principal,
      principalArn: by.arn,
      credential: by.credential,
      ip: call.address,
    };
  }

  addEntity(type: TruthEntity['type'], id: string): void {
    this.entities.set(`${type} ${id}`, { type, id });
  }

  /** The ids of the entities of a type noted so far. */
  entityIds(type: TruthEntity['type']): string[] {
    return [...this.entities.values()].filter((e) => e.type === type).map((e) => e.id);
  }

  addTechniques(...ids: readonly string[]): void {
    for (const id of ids) this.techniques.add(id);
  }

  addFinding(id: string): void {
    this.findingIds.push(id);
  }

  /** When the intruder's first record happened; Infinity before any. */
  get startedAt(): number {
    return this.first?.at ?? Infinity;
  }

  /** The truth of this incident as it is written. */
  finish(): Truth['incidents'][number] {
    let first: FirstIntrusion | null = null;
    if (this.first) {
      const { eventId, time, principal, principalArn, credential, ip } = this.first;
      first = { eventId, time, principal, principalArn, credential, ip };
    }
    return {
      name: this.name,
      firstIntrusion: first,
      eventIds: this.eventIds,
      findingIds: this.findingIds,
      techniques: [...this.techniques].sort(),
      entities: [...this.entities.values()],
    };
  }
}
