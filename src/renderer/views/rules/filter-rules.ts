import type { RuleRow } from '../../../shared/contract/rules';

export const STATES = ['found', 'quiet', 'disabled', 'cannot run'] as const;
export type RuleState = (typeof STATES)[number];

/** What became of a rule in this case. */
export function stateOf(rule: RuleRow): RuleState {
  if (!rule.enabled) return 'disabled';
  if (rule.reason !== null) return 'cannot run';
  return rule.findings > 0 ? 'found' : 'quiet';
}

interface RulesFilter {
  readonly text: string;
  readonly state: string;
  readonly pack: string;
  readonly tactic: string;
}

export function filterRules(rules: readonly RuleRow[], filter: RulesFilter): readonly RuleRow[] {
  const text = filter.text.trim().toLowerCase();
  return rules.filter(
    (rule) =>
      (filter.state === '' || stateOf(rule) === filter.state) &&
      (filter.pack === '' || rule.pack === filter.pack) &&
      (filter.tactic === '' || rule.tactic === filter.tactic) &&
      `${rule.id} ${rule.title} ${rule.techniques.join(' ')} ${rule.author}`.toLowerCase().includes(text),
  );
}
