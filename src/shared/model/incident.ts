import type { EntityRole, EntityRef, EntityType } from './entity';
import type { CitedAction, CitedText, Exhibit } from './exhibit';
import type { Severity } from './severity';
import type { IsoTime } from './time';

/** The first hostile event, the credential and address behind it, and the candidate that came second. */
interface FirstIntrusion {
  readonly eventId: string | null;
  readonly time: IsoTime;
  readonly principal: string;
  readonly credential: string;
  readonly ip: string | null;
  /** 0..1: margin over the runner-up and the strength of the facts. */
  readonly confidence: number;
  readonly runnerUp: {
    readonly principal: string;
    readonly credential: string;
    readonly ip: string | null;
    readonly eventId: string | null;
    readonly time: IsoTime;
    readonly why: string;
  } | null;
  /** Facts for the choice, each a plain sentence. */
  readonly reasons: readonly string[];
}

export interface IncidentEntity extends EntityRef {
  readonly role: EntityRole;
  /** Events of the incident that involve the entity. */
  readonly events: number;
}

/** What calls of the intruder are by themselves, whether a rule saw them or not: one ATT&CK technique (v19). */
export interface IncidentProcedure {
  readonly technique: string;
  readonly name: string;
  readonly tactic: string;
  readonly calls: number;
  readonly failed: number;
  /** Names of the calls, in the order of their first. */
  readonly apis: readonly string[];
  /** The first of the calls. */
  readonly exhibits: readonly Exhibit[];
}

/** A finding group with its three answers: the JSON of `coldtrail incidents` (docs/cli.md). */
export interface Incident {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** 0..100. */
  readonly score: number;
  readonly first: IsoTime;
  readonly last: IsoTime;
  readonly tactics: readonly string[];
  /** Of its findings and of the intruder's calls. */
  readonly techniques: readonly string[];
  readonly accounts: readonly string[];
  readonly entities: readonly IncidentEntity[];
  readonly findingIds: readonly string[];
  /** CloudTrail event ids of all the incident's records, in time order. */
  readonly eventIds: readonly string[];
  readonly firstIntrusion: FirstIntrusion | null;
  readonly answers: {
    readonly how: readonly CitedText[];
    readonly where: readonly CitedText[];
    readonly prevent: readonly CitedAction[];
    /** What its users and roles could have done beside what they did; empty without IAM descriptions in the bundle. */
    readonly could: readonly CitedText[];
    /** What the logs at hand cannot say, each with the log that would. */
    readonly unknown: readonly CitedText[];
  };
  readonly procedures: readonly IncidentProcedure[];
  /** Why the findings belong together: the maximum spanning tree, edge by edge. */
  readonly links: readonly IncidentLink[];
  /** Mean Jaccard over perturbed thresholds; below 0.7 the group is loose. */
  readonly stability: number;
}

export interface IncidentLink {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
  readonly reasons: readonly {
    /** `analyst`: joined by hand; the id is that of the annotation. */
    readonly type: EntityType | 'lineage' | 'analyst';
    readonly id: string;
    readonly weight: number;
    readonly gapSeconds: number;
  }[];
}
