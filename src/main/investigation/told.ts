import type { HandStanding } from '../../shared/model/hand';
import type { Place } from './exhibits';

/** A finding of the incident with its first records. */
export interface Told {
  readonly id: string;
  readonly ruleId: string;
  readonly title: string;
  readonly description: string;
  readonly tactic: string;
  readonly severity: string;
  readonly provider: string;
  /** sigma, statistical, provider or baseline. */
  readonly kind: string;
  /** Of the hand behind it; null without an API call. */
  readonly standing: HandStanding | null;
  readonly first: string;
  readonly last: string;
  readonly count: number;
  /** 0..1: share of its records that no graver finding of the incident tells. */
  readonly fresh: number;
  /** Severity, 0 to 4, that a provider such as GuardDuty gave it; null when only rules of the product speak. */
  readonly alarm: number | null;
  readonly remediation: readonly string[];
  readonly places: readonly Place[];
}
