import type { Severity } from '../../../shared/model/severity';
import type { LogSourceId } from '../sigma/log-sources/log-source';

/** A detection that Sigma cannot say: SQL that gives its records and what to fold them by. */
export interface Detector {
  readonly id: string;
  readonly title: string;
  /** What it means, in plain words. */
  readonly description: string;
  readonly tactic: string;
  readonly techniques: readonly string[];
  readonly severity: Severity;
  readonly severityReason: string;
  readonly falsePositives: string;
  readonly remediation: readonly string[];
  readonly source: LogSourceId;
  /**
   * What it says of who holds the credential: `foreign`, compared with all that its owner does, so that habits neither
   * lower its level nor make the network a home; `misplaced`, not where the credential belongs. Absent for all others.
   */
  readonly hand?: 'foreign' | 'misplaced';
  /**
   * SELECT over the documented tables: file_id, record_no, fold (text: one finding for each, or NULL for principal,
   * network and day), severity (NULL for the detector's), note (a sentence with facts, or NULL), and for all but CloudTrail
   * address (the other side), target_type and target_id (the inside host); for other logs event_time and account_id, too.
   */
  readonly sql: string;
}

export function defineDetector(detector: Detector): Detector {
  return detector;
}
