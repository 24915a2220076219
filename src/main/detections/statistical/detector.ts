import type { Severity } from '../../../shared/model/severity';

/** A detection that Sigma cannot say: SQL that gives its records with what they are about. */
export interface Detector {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly tactic: string;
  readonly techniques: readonly string[];
  readonly severity: Severity;
  readonly falsePositives: string;
  readonly remediation: readonly string[];
  readonly source: 'cloudtrail' | 'vpc-flow';
  /**
   * SELECT giving file_id, record_no, event_id, event_time, fold (text), principal, session_key, source_ip, account_id,
   * instance_id, severity (may raise the default). One finding per fold.
   */
  readonly sql: string;
}

export function defineDetector(detector: Detector): Detector {
  return detector;
}
