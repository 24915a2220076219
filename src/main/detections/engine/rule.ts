import type { Severity } from '../../../shared/model/severity';

/** A test on one field: every inner list is any-of unless `all`. */
export type Detection = DetectionMap | readonly DetectionItem[];
export type DetectionItem = DetectionMap | string | number;
export type DetectionMap = Readonly<Record<string, unknown>>;

export interface RuleHead {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly author: string;
  readonly licence: string;
  readonly link: string;
  readonly level: Severity;
  readonly tactic: string;
  readonly techniques: readonly string[];
  readonly techniquesV18: readonly string[];
  readonly falsePositives: string;
  readonly remediation: readonly string[];
  /** The rule's own text. */
  readonly text: string;
}

export interface EventRule extends RuleHead {
  readonly kind: 'event';
  readonly detections: Readonly<Record<string, Detection>>;
  readonly condition: string;
}

export interface CorrelationRule extends RuleHead {
  readonly kind: 'correlation';
  readonly type: 'event_count' | 'value_count';
  readonly rules: readonly string[];
  readonly groupBy: readonly string[];
  readonly minutes: number;
  readonly operator: 'gt' | 'gte' | 'lt' | 'lte' | 'eq';
  readonly threshold: number;
  readonly field: string | null;
}

export type SigmaRule = EventRule | CorrelationRule;
