import type { Random } from '../random/random';
import type { Flow } from '../record/flow-row';
import { flowRow } from '../record/flow-row';
import type { Credential } from '../record/credential';
import type { Account } from '../world/account';
import { DAY, HOUR } from '../world/calendar';
import type { Host, Network } from '../world/hosts';
import type { World } from '../world/world';
import { Actor, type Place, type Scene } from './actor';
import type { AuditLine } from './audit-line';
import type { ComposedEvent } from './event';
import { composeFinding, type Finding, type FindingPlan } from './finding';
import { type BenignTruth, IncidentTruth } from './truth';

/** A flow row that a script put into the traffic. */
interface ScriptedFlow {
  readonly time: number;
  readonly network: Network;
  readonly text: string;
}

/** What a script has to work with, and where what it does is kept until its time comes. */
export class Stage {
  readonly events: ComposedEvent[] = [];
  readonly flows: ScriptedFlow[] = [];
  readonly findings: Finding[] = [];
  readonly audits: AuditLine[] = [];
  readonly incidents: IncidentTruth[] = [];
  readonly benign: BenignTruth[] = [];
  private readonly silent = new Map<string, number>();
  /** The moment the story begins: a day of the last third, any hour that leaves it a day and a half. */
  readonly opening: number;

  constructor(
    readonly world: World,
    readonly random: Random,
    /** Size relative to the standard bundle; scripts stretch their loud parts by it. */
    readonly size: number,
  ) {
    const last = world.days - 3;
    const first = Math.min(last, Math.ceil(world.days * 0.67));
    this.opening = world.start + random.int(first, last) * DAY + random.int(0, 20 * HOUR);
  }

  /** A new incident: what its actors do is its truth. */
  incident(name: string): IncidentTruth {
    const incident = new IncidentTruth(name);
    this.incidents.push(incident);
    return incident;
  }

  /** The instances the story is about. */
  victimInstances(): string[] {
    return this.incidents.flatMap((incident) => incident.entityIds('instance'));
  }

  /** Somebody who acts from a time on; with an incident, an intruder. */
  actor(
    role: { credential: Credential; place: Place; from: number; pace?: number },
    incident: IncidentTruth | null,
  ): Actor {
    return new Actor(this.scene(role.from, incident, role.pace), role.credential, role.place);
  }

  /** A clock of its own from a time on; what is called under it is kept, in an incident as the intruder's. */
  scene(from: number, incident: IncidentTruth | null, pace = 40): Scene {
    return {
      random: this.random.fork(`actor/${this.events.length}`),
      emit: (event: ComposedEvent) => {
        this.events.push(event);
      },
      clock: { now: Math.round(from) },
      incident,
      pace,
    };
  }

  /** When the story's first record happens, the opening when it has none. */
  get begins(): number {
    const first = Math.min(...this.incidents.map((incident) => incident.startedAt));
    return Number.isFinite(first) ? first : this.opening;
  }

  /** A line of the audit log of a cluster. */
  audit(line: AuditLine): void {
    this.audits.push(line);
  }

  /** From this moment the account's second trail delivers nothing. */
  silence(account: Account, from: number): void {
    this.silent.set(account.id, Math.min(from, this.silencedAt(account.id)));
  }

  /** When the second trail of an account fell silent; Infinity when it did not. */
  silencedAt(account: string): number {
    return this.silent.get(account) ?? Infinity;
  }

  /** A flow of an interface of the host. */
  flow(host: Host, flow: Flow): void {
    this.flows.push({
      time: flow.start,
      network: host.network,
      text: flowRow(host.network, host.interfaceId, flow),
    });
  }

  /** A finding; with an incident it belongs to it. Returns its id. */
  finding(plan: FindingPlan, incident: IncidentTruth | null): string {
    const finding = composeFinding(plan, this.random.fork(`finding/${this.findings.length}`));
    this.findings.push(finding);
    incident?.addFinding(finding.id);
    return finding.id;
  }
}
