import type { Severity } from '../../../shared/model/severity';

/** Piece of a Sigma text: literal characters, `*` (any) or `?` (one). */
export type Token = string | { readonly wild: 'any' | 'one' };

/** Where in the field's text the pattern has to be. */
export type Position = 'whole' | 'prefix' | 'suffix' | 'inside';

export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** What one value of a field must satisfy. Texts compare without case unless `cased`. */
export type Match =
  | {
      readonly kind: 'text';
      readonly position: Position;
      readonly tokens: readonly Token[];
      readonly cased: boolean;
    }
  | { readonly kind: 'null' }
  | { readonly kind: 'exists'; readonly value: boolean }
  | { readonly kind: 'number'; readonly sign: '<' | '<=' | '>' | '>='; readonly value: number }
  | {
      readonly kind: 'time';
      readonly part: TimePart;
      readonly sign: '<' | '<=' | '>' | '>=' | '=';
      readonly value: number;
    }
  | { readonly kind: 'regex'; readonly pattern: string }
  | { readonly kind: 'network'; readonly low: string; readonly high: string }
  | { readonly kind: 'field'; readonly other: string; readonly position: Position; readonly cased: boolean };

/** The logic of a rule: tests on fields, words anywhere in the record, and their combination. */
export type Expression =
  | { readonly op: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly op: 'not'; readonly of: Expression }
  | { readonly op: 'field'; readonly field: string; readonly match: Match }
  | { readonly op: 'keyword'; readonly tokens: readonly Token[]; readonly cased: boolean };

/** A first-seen demand (our extension): a hit counts only in the first 24 h in which the fields' values appear together. */
export interface FirstSeen {
  readonly fields: readonly string[];
  /** Days of silence after which the values are new again. */
  readonly days: number;
}

export interface RuleHead {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly author: string;
  readonly licence: string;
  readonly link: string;
  readonly level: Severity;
  readonly severityReason: string;
  /** ATT&CK v19 slug; empty when the tags name none. */
  readonly tactic: string;
  readonly techniques: readonly string[];
  readonly techniquesV18: readonly string[];
  readonly falsePositives: string;
  readonly remediation: readonly string[];
  readonly firstSeen: FirstSeen | null;
  /** The rule's own text. */
  readonly text: string;
}

export interface LogSourceRef {
  readonly product: string;
  readonly category: string;
  readonly service: string;
}

export interface EventRule extends RuleHead {
  readonly kind: 'event';
  readonly logSource: LogSourceRef;
  readonly expression: Expression;
}

export const CORRELATION_TYPES = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
] as const;
type CorrelationType = (typeof CORRELATION_TYPES)[number];

export interface Threshold {
  readonly sign: '<' | '<=' | '>' | '>=' | '=' | '<>';
  readonly value: number;
}

export interface CorrelationRule extends RuleHead {
  readonly kind: 'correlation';
  readonly type: CorrelationType;
  /** Ids or names of the rules it counts. */
  readonly rules: readonly string[];
  readonly groupBy: readonly string[];
  /** Alias of group-by -> rule (id or name) -> field. */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly seconds: number;
  /** All of them hold; empty for temporal types. */
  readonly thresholds: readonly Threshold[];
  readonly field: string | null;
  readonly percentile: number;
  /** True when the counted rules report on their own, too. */
  readonly generate: boolean;
}

/** A Sigma filter: its expression is added to the condition of the rules it names (or of all), of its kind of log. */
export interface FilterRule extends RuleHead {
  readonly kind: 'filter';
  /** Empty words mean any kind of log. */
  readonly logSource: LogSourceRef;
  readonly rules: readonly string[];
  readonly expression: Expression;
}

export type SigmaRule = EventRule | CorrelationRule | FilterRule;

/** Why a rule, or a document that should be one, cannot run. */
export class RuleProblem extends Error {
  constructor(readonly reasons: readonly string[]) {
    super(reasons.join('; '));
  }
}
