import type { LogSource } from './log-sources/log-source';
import { logSourceOf } from './log-sources';
import type { CorrelationRule, EventRule, Expression, FilterRule, RuleHead, SigmaRule } from './rule';

/** An event rule on its evidence, with the filters that apply to it. */
export interface PreparedEvent {
  readonly rule: EventRule;
  readonly source: LogSource;
  readonly expression: Expression;
  /** Counted by a correlation only: it reports nothing itself. */
  readonly silent: boolean;
}

export interface PreparedCorrelation {
  readonly rule: CorrelationRule;
  readonly source: LogSource;
  readonly bases: readonly PreparedEvent[];
}

export interface RuleSet {
  readonly events: readonly PreparedEvent[];
  readonly correlations: readonly PreparedCorrelation[];
  readonly problems: readonly { readonly rule: SigmaRule; readonly reason: string }[];
}

/** Puts rules together: filters into the rules they name, correlations to the rules they count. */
export function prepareRules(rules: readonly SigmaRule[]): RuleSet {
  const problems: { rule: SigmaRule; reason: string }[] = [];
  const filters = rules.filter((r): r is FilterRule => r.kind === 'filter');
  const correlations = rules.filter((r): r is CorrelationRule => r.kind === 'correlation');
  const counted = correlations.filter((c) => !c.generate).flatMap((c) => c.rules);
  const events = rules.flatMap((rule): PreparedEvent[] => {
    if (rule.kind !== 'event') return [];
    const source = logSourceOf(rule.logSource);
    if (!source) {
      problems.push({ rule, reason: noSource(rule) });
      return [];
    }
    return [
      {
        rule,
        source,
        expression: filtered(rule, filters),
        silent: counted.some((name) => isCalled(rule, name)),
      },
    ];
  });
  const prepared = correlations.flatMap((rule): PreparedCorrelation[] => {
    const result = prepareCorrelation(rule, events, rules);
    if (typeof result !== 'string') return [result];
    problems.push({ rule, reason: result });
    return [];
  });
  for (const rule of filters) {
    const missing = rule.rules.filter((name) => !rules.some((r) => isCalled(r, name)));
    if (missing.length > 0)
      problems.push({ rule, reason: `it filters ${missing.join(', ')}, which is not there` });
  }
  return { events, correlations: prepared, problems };
}

/** Rules are named by id, by name or, as Suzaku does, by title. */
function isCalled(rule: RuleHead, name: string): boolean {
  return rule.id === name || rule.name === name || rule.title === name;
}

function noSource({ logSource }: EventRule): string {
  const words = [logSource.product, logSource.category, logSource.service].filter((w) => w !== '').join('/');
  return words === '' ? 'it names no log source' : `no evidence of the kind ${words} is read`;
}

function filtered(rule: EventRule, filters: readonly FilterRule[]): Expression {
  const fitting = filters.filter((f) => f.rules.length === 0 || f.rules.some((name) => isCalled(rule, name)));
  return fitting.length === 0
    ? rule.expression
    : { op: 'and', of: [rule.expression, ...fitting.map((f) => f.expression)] };
}

function prepareCorrelation(
  rule: CorrelationRule,
  events: readonly PreparedEvent[],
  all: readonly SigmaRule[],
): PreparedCorrelation | string {
  const bases: PreparedEvent[] = [];
  for (const name of rule.rules) {
    const base = events.find((e) => isCalled(e.rule, name));
    if (base) bases.push(base);
    else if (all.some((r) => r.kind === 'correlation' && isCalled(r, name)))
      return 'correlations of correlations are not supported';
    else return `the rule "${name}" that it counts is not there`;
  }
  const [first] = bases;
  if (!first) return 'it counts no rules';
  if (bases.some((b) => b.source !== first.source)) return 'it counts rules of different kinds of log';
  if (rule.type === 'temporal_ordered' && bases.length < 2) return 'an order needs at least two rules';
  return { rule, source: first.source, bases };
}
