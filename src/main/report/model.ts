import type { FindingRow } from '../../shared/contract/incidents';
import type { GraphData } from '../../shared/model/graph';
import type { Incident } from '../../shared/model/incident';
import type { Severity } from '../../shared/model/severity';

/** The report as data: what the PDF shows and the JSON file holds. Exhibits come first, text second. */
export interface ReportModel {
  readonly title: string;
  readonly tool: {
    readonly name: string;
    readonly version: string;
    readonly rules: number;
    readonly attack: string;
  };
  readonly case: { readonly id: string; readonly name: string; readonly createdAt: string };
  /** The one time that differs between two runs over the same case. */
  readonly writtenAt: string;
  readonly scope: { readonly first: string | null; readonly last: string | null };
  readonly evidence: ReportEvidence;
  readonly incidents: readonly ReportIncident[];
  readonly techniques: readonly ReportTechnique[];
  readonly exhibits: readonly ReportExhibit[];
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
  /** Every imported file; a long list is cut in the PDF and whole in JSON. */
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
  /** Days without any record between first and last, by account, Region and source. */
  readonly gaps: readonly {
    readonly account: string;
    readonly region: string;
    readonly source: string;
    readonly from: string;
    readonly to: string;
  }[];
}

export interface ReportIncident {
  /** 1-based, most severe first; exhibit labels start with it. */
  readonly index: number;
  readonly incident: Incident;
  readonly findings: readonly FindingRow[];
  readonly timeline: readonly ReportEvent[];
  /** All records of the incident; `timeline` may hold fewer. */
  readonly timelineTotal: number;
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

export interface ReportTechnique {
  readonly id: string;
  readonly name: string;
  readonly tactic: string;
  readonly text: string;
  readonly findings: number;
}

export interface ReportExhibit {
  /** `<incident>-<n>`, as cited. */
  readonly label: string;
  readonly kind: string;
  readonly file: string;
  readonly recordNo: number;
  readonly eventId: string | null;
  readonly sha256: string;
  /** The record, indented, with secrets masked. */
  readonly record: string;
  /** Whether `record` was read from the original just now. */
  readonly exact: boolean;
}
