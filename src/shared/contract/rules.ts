import * as v from 'valibot';
import { defineContract } from './define';
import { Count, Nothing, Severity, Text } from './words';

const RuleRow = v.object({
  id: v.string(),
  title: v.string(),
  /** event, correlation, filter, detector ... */
  kind: v.string(),
  severity: Severity,
  tactic: v.string(),
  techniques: v.array(v.string()),
  author: v.string(),
  licence: v.string(),
  link: v.string(),
  pack: v.string(),
  enabled: v.boolean(),
  /** Why it cannot run although it is enabled. */
  reason: Text,
  /** Findings of the last analysis that rest on it, and the records behind those. */
  findings: Count,
  records: Count,
});
export type RuleRow = v.InferOutput<typeof RuleRow>;

/** What a folder of rules holds: names of packs, rule files, and how many rules are turned off. */
export const TakenRules = v.object({ packs: v.array(v.string()), rules: Count, disabled: Count });
export type TakenRules = v.InferOutput<typeof TakenRules>;

export const rulesContract = defineContract({
  /** Every rule, filter and detector that the case knows, whether it runs and what it found. */
  'rules/list': { request: Nothing, response: v.array(RuleRow) },
  /** The text of a rule and its SQL over the documented tables; empty for what does not run. */
  'rules/get': {
    request: v.object({ id: v.string() }),
    response: v.object({ text: v.string(), sql: v.string(), findingIds: v.array(v.string()) }),
  },
  /** Asks for a folder and writes the case's own packs and choices into a new one in it; null when none was chosen. */
  'rules/share': {
    request: Nothing,
    response: v.nullable(v.object({ path: v.string(), ...TakenRules.entries })),
  },
  /** Asks for such a folder and takes over its packs and choices; null when none was chosen. */
  'rules/take': { request: Nothing, response: v.nullable(TakenRules) },
});
