import type { Severity } from '../../../shared/model/severity';
import type { Place } from '../exhibits';

/** A finding about the entity with the outcomes of its calls: a row of ttps.sql. */
export interface TtpRow {
  readonly findingId: string;
  readonly ruleId: string;
  readonly title: string;
  readonly provider: string;
  readonly kind: string;
  readonly author: string | null;
  readonly tactic: string;
  readonly techniques: readonly string[];
  readonly severity: Severity;
  readonly first: string;
  readonly successes: number;
  readonly failures: number;
  readonly ips: readonly string[];
  readonly apis: readonly { api: string; successes: number; failures: number }[];
  readonly places: readonly Place[];
  readonly remediation: readonly string[];
  readonly incidentId: string | null;
}
