import type { FindingRow } from '../../shared/contract/findings';
import type { Stance } from '../../shared/model/hypothesis';
import type { GraphData } from '../../shared/model/graph';
import type { Incident } from '../../shared/model/incident';
import type { ReportHead } from '../../shared/contract/report';
import type { Severity } from '../../shared/model/severity';
import type { DigestSummary } from '../integrity/summary';

/** The report as data: what the PDF shows and the JSON file holds. Exhibits come first, text second. */
export interface ReportModel {
  readonly title: string;
  readonly head: ReportHead;
  readonly tool: ReportTool;
  readonly case: { readonly id: string; readonly name: string; readonly createdAt: string };
  /** The one time that differs between two runs over the same case. */
  readonly writtenAt: string;
  readonly scope: { readonly first: string | null; readonly last: string | null };
  readonly evidence: ReportEvidence;
  readonly incidents: readonly ReportIncident[];
  /** What the analysts wrote about the case and what the report shows. */
  readonly notes: readonly ReportNote[];
  /** What the analysts held for possible, with what speaks for and against it. */
  readonly hypotheses: readonly ReportHypothesis[];
  readonly techniques: readonly ReportTechnique[];
  readonly exhibits: readonly ReportExhibit[];
}

interface ReportTool {
  readonly name: string;
  readonly version: string;
  readonly rules: number;
  readonly attack: string;
  /** Version of the engine that read the evidence. */
  readonly engine: string;
  /** SHA-256 over every rule's id and text: two reports with the same value used the same rules. */
  readonly ruleSet: string;
}

export interface ReportEvidence {
  readonly sources: readonly {
    readonly source: string;
    readonly files: number;
    readonly records: number;
    readonly unique: number;
    readonly duplicates: number;
    readonly issueRecords: number;
    readonly first: string | null;
    readonly last: string | null;
    readonly accounts: readonly string[];
    readonly regions: readonly string[];
  }[];
  readonly states: readonly { readonly state: string; readonly files: number }[];
  /** Every imported file; the PDF lists them in the evidence appendix. */
  readonly files: readonly {
    readonly path: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly records: number;
    readonly source: string;
  }[];
  readonly issues: readonly {
    readonly file: string;
    readonly code: string;
    readonly recordNo: number | null;
    readonly offset: number | null;
    readonly detail: string;
  }[];
  /** Times of which records are missing or may be, with cause: coverage_gaps of evidence/derived.sql. */
  readonly gaps: readonly {
    readonly account: string;
    readonly region: string;
    readonly source: string;
    readonly cause: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly records: number;
    readonly expected: number | null;
    readonly detail: string;
  }[];
  /** What CloudTrail's own digest files prove about the log files. */
  readonly digests: DigestSummary;
  /** Records a day, by source, account and Region. */
  readonly coverage: readonly CoverageDay[];
  /** Calls that changed what is logged: from them on the evidence may be blind. */
  readonly blind: readonly {
    readonly time: string;
    readonly account: string;
    readonly region: string;
    readonly action: string;
    readonly principal: string | null;
    readonly error: string | null;
  }[];
}

export interface ReportNote {
  readonly kind: 'note' | 'tag' | 'verdict';
  readonly subjectKind: string;
  readonly about: string;
  /** Markdown of a note, the tag, or the verdict. */
  readonly text: string;
  readonly author: string;
  readonly changedAt: string;
}

export interface ReportHypothesis {
  readonly statement: string;
  readonly state: string;
  readonly author: string;
  readonly changedAt: string;
  readonly arguments: readonly {
    readonly stance: Stance;
    readonly subjectKind: string;
    readonly about: string;
    /** Empty where the analyst gave no reason. */
    readonly why: string;
    readonly author: string;
  }[];
}

export interface CoverageDay {
  readonly source: string;
  readonly account: string;
  readonly region: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly records: number;
}

export interface ReportIncident {
  /** 1-based, most severe first; exhibit labels start with it. */
  readonly index: number;
  readonly incident: Incident;
  readonly findings: readonly FindingRow[];
  readonly timeline: readonly ReportEvent[];
  /** All records of the incident; `timeline` may hold fewer. */
  readonly timelineTotal: number;
  /** Runs of like records, in time order: what the PDF prints of the timeline. */
  readonly moments: readonly ReportMoment[];
  /** All runs; `moments` may hold fewer. */
  readonly momentsTotal: number;
  /** Labels of the exhibits that show each finding. */
  readonly cited: readonly { readonly findingId: string; readonly labels: readonly string[] }[];
  readonly graph: GraphData;
}

export interface ReportEvent {
  readonly time: string;
  readonly source: string;
  readonly eventId: string | null;
  readonly fileId: number;
  readonly recordNo: number;
  readonly principal: string | null;
  readonly ip: string | null;
  readonly action: string;
  readonly error: string | null;
  readonly tactic: string | null;
  readonly severity: Severity | null;
}

/** Records of one caller, action and outcome that follow each other within ten minutes. */
export interface ReportMoment extends Omit<ReportEvent, 'eventId'> {
  readonly last: string;
  readonly records: number;
}

export interface ReportTechnique {
  readonly id: string;
  readonly name: string;
  readonly tactic: string;
  readonly text: string;
  readonly findings: number;
  /** Of intruders, which are the technique by themselves. */
  readonly calls: number;
  /** Of the most severe finding that shows it. */
  readonly severity: Severity;
}

export interface ReportExhibit extends ExhibitFields {
  /** `<incident>-<n>`, as cited. */
  readonly label: string;
  readonly kind: string;
  /** With `recordNo` the key of the record in the tables of the case. */
  readonly fileId: number;
  readonly file: string;
  /** The file's path below the opened folder. */
  readonly name: string;
  readonly recordNo: number;
  readonly eventId: string | null;
  readonly sha256: string;
  /** The record, indented, with secrets masked. */
  readonly record: string;
  /** Whether `record` was read from the original just now. */
  readonly exact: boolean;
  /** Whether the original still has the hash of the import; null when it is away. */
  readonly hashMatches: boolean | null;
}

/** The key fields of a record of any source. */
export interface ExhibitFields {
  readonly time: string | null;
  readonly action: string;
  readonly principal: string | null;
  readonly credential: string | null;
  readonly ip: string | null;
  readonly account: string | null;
  readonly region: string | null;
  readonly error: string | null;
  /** What the call asked for, shortened, with secrets masked. */
  readonly detail: string;
}
