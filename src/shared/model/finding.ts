import type { EntityRef, EntityRole } from './entity';
import type { Severity } from './severity';
import type { IsoTime } from './time';

/** A detection or a provider's finding, folded by (rule, principal, source network, UTC day). */
export interface Finding {
  readonly id: string;
  readonly ruleId: string;
  readonly title: string;
  /** `coldtrail` for rules and detectors, `guardduty`, `baseline`. */
  readonly provider: string;
  readonly techniques: readonly string[];
  readonly tactic: string;
  readonly severity: Severity;
  readonly first: IsoTime;
  readonly last: IsoTime;
  readonly count: number;
  readonly entities: readonly (EntityRef & { readonly role: EntityRole })[];
  readonly eventIds: readonly string[];
}
