import type { LogSource } from './log-sources/log-source';
import { logSourceOf } from './log-sources';
import { ATTEMPT } from './attempt';
import type {
  CorrelationRule,
  EventRule,
  Expression,
  FilterRule,
  LogSourceRef,
  RuleHead,
  SigmaRule,
} from './rule';

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
  /** Rules that it counts, in their order. */
  readonly bases: readonly (PreparedEvent | PreparedCorrelation)[];
  /** Counted by another correlation only. */
  readonly silent: boolean;
}

export interface RuleSet {
  readonly events: readonly PreparedEvent[];
  /** Those that others count come before them. */
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
        expression: filtered(rule, source, filters),
        silent: counted.some((name) => isCalled(rule, name)),
      },
    ];
  });
  const chain = new Chain(events, correlations, counted);
  for (const rule of correlations) {
    const result = chain.prepare(rule);
    if (typeof result === 'string') problems.push({ rule, reason: result });
  }
  for (const rule of filters) {
    const missing = rule.rules.filter((name) => !rules.some((r) => isCalled(r, name)));
    if (missing.length > 0)
      problems.push({ rule, reason: `it filters ${missing.join(', ')}, which is not there` });
    const counting = correlations.filter((c) => rule.rules.some((name) => isCalled(c, name)));
    if (counting.length > 0)
      problems.push({
        rule,
        reason: `it filters the correlation ${counting.map((c) => c.id).join(', ')}: name the rules that it counts`,
      });
  }
  return { events, correlations: chain.prepared, problems };
}

/** Rules are named by id, by name or, as Suzaku does, by title. */
function isCalled(rule: RuleHead, name: string): boolean {
  return rule.id === name || rule.name === name || rule.title === name;
}

function noSource({ logSource }: EventRule): string {
  const words = [logSource.product, logSource.category, logSource.service].filter((w) => w !== '').join('/');
  return words === '' ? 'it names no log source' : `no evidence of the kind ${words} is read`;
}

/** Whether a word means a rule or the rule for failed calls that goes with it. */
export function isMeant(rule: RuleHead, word: string): boolean {
  return isCalled(rule, word) || rule.id === word + ATTEMPT || rule.name === word + ATTEMPT;
}

function filtered(rule: EventRule, source: LogSource, filters: readonly FilterRule[]): Expression {
  const fitting = filters.filter(
    (f) =>
      (f.rules.length === 0 || f.rules.some((name) => isMeant(rule, name))) &&
      (isEmpty(f.logSource) || logSourceOf(f.logSource) === source),
  );
  return fitting.length === 0
    ? rule.expression
    : { op: 'and', of: [rule.expression, ...fitting.map((f) => f.expression)] };
}

const isEmpty = ({ product, category, service }: LogSourceRef) => `${product}${category}${service}` === '';

/** Puts correlations to what they count, first those that others count. */
class Chain {
  readonly prepared: PreparedCorrelation[] = [];
  private readonly results = new Map<CorrelationRule, PreparedCorrelation | string>();

  constructor(
    private readonly events: readonly PreparedEvent[],
    private readonly correlations: readonly CorrelationRule[],
    private readonly counted: readonly string[],
  ) {}

  /** The correlation on its evidence, or why it cannot run. */
  prepare(rule: CorrelationRule): PreparedCorrelation | string {
    const known = this.results.get(rule);
    if (known !== undefined) return known;
    // What it leads to while this is being prepared counts itself.
    this.results.set(rule, 'it counts itself, by way of the correlations that it counts');
    const result = this.put(rule);
    this.results.set(rule, result);
    if (typeof result !== 'string') this.prepared.push(result);
    return result;
  }

  private put(rule: CorrelationRule): PreparedCorrelation | string {
    const bases: (PreparedEvent | PreparedCorrelation)[] = [];
    for (const name of rule.rules) {
      const base = this.baseOf(name);
      if (typeof base === 'string') return base;
      bases.push(base);
    }
    const [first] = bases;
    if (!first) return 'it counts no rules';
    if (bases.some((b) => b.source !== first.source)) return 'it counts rules of different kinds of log';
    if (rule.type === 'temporal_ordered' && bases.length < 2) return 'an order needs at least two rules';
    const silent = this.counted.some((name) => isCalled(rule, name));
    return { rule, source: first.source, bases, silent };
  }

  private baseOf(name: string): PreparedEvent | PreparedCorrelation | string {
    const event = this.events.find((e) => isCalled(e.rule, name));
    if (event) return event;
    const correlation = this.correlations.find((c) => isCalled(c, name));
    if (!correlation) return `the rule "${name}" that it counts is not there`;
    const base = this.prepare(correlation);
    return typeof base === 'string' ? `the rule "${name}" that it counts cannot run: ${base}` : base;
  }
}
