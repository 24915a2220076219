import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RULES } from '../../case/case-folder';
import { builtInRules, detectors } from '../built-in';
import { ATTEMPT } from '../sigma/attempt';
import { parseSigma, type ParseProblem } from '../sigma/parse';
import type { SigmaRule } from '../sigma/rule';
import { isMeant, prepareRules, type RuleSet } from '../sigma/rule-set';
import type { Detector } from '../statistical/detector';
import { NO_RULES, readCaseRules, type CaseRules } from './case-rules';

/** A rule of the built-in pack or of one of the case's. */
export interface BookRule {
  readonly rule: SigmaRule;
  /** Null: built in. */
  readonly pack: string | null;
  readonly enabled: boolean;
}

/** Everything that may run on a case, and what of it does. */
export interface RuleBook {
  readonly rules: readonly BookRule[];
  /** The rules that run, put together. */
  readonly set: RuleSet;
  readonly detectors: readonly Detector[];
  /** Those that are disabled, too. */
  readonly allDetectors: readonly Detector[];
  /** What of the packs is no rule, and why. */
  readonly broken: readonly (ParseProblem & { readonly pack: string; readonly file: string })[];
}

/** A rule of a pack takes the place of the one with the same id before it, built-in ones included. */
export function makeBook({ packs, disabled }: CaseRules): RuleBook {
  const byId = new Map(builtInRules.map((rule) => [rule.id, { rule, pack: null as string | null }]));
  const broken: RuleBook['broken'][number][] = [];
  for (const { name: pack, files } of packs) {
    for (const { path: file, text } of files) {
      const { rules, problems } = parseSigma(text);
      broken.push(...problems.map((problem) => ({ ...problem, pack, file })));
      for (const rule of rules) byId.delete(rule.id + ATTEMPT);
      for (const rule of rules) byId.set(rule.id, { rule, pack });
    }
  }
  const rules = [...byId.values()].map(({ rule, pack }) => ({
    rule,
    pack,
    enabled: !disabled.some((word) => isMeant(rule, word)),
  }));
  return {
    rules,
    set: prepareRules(rules.filter((r) => r.enabled).map((r) => r.rule)),
    detectors: detectors.filter((d) => !disabled.includes(d.id)),
    allDetectors: detectors,
    broken,
  };
}

let plain: RuleBook | null = null;
let latest: { readonly path: string; readonly changed: number; readonly book: RuleBook } | null = null;

/** The built-in rules and detectors alone, put together on first use. */
export function builtInBook(): RuleBook {
  plain ??= makeBook(NO_RULES);
  return plain;
}

/** The book of a case, read again when its rules change. Errors: `rules.unreadable`. */
export async function bookOf(casePath: string | undefined): Promise<RuleBook> {
  if (casePath === undefined) return builtInBook();
  const path = join(casePath, RULES);
  const changed = await stat(path).then(
    (s) => s.mtimeMs,
    () => null,
  );
  if (changed === null) return builtInBook();
  if (latest?.path !== path || latest.changed !== changed)
    latest = { path, changed, book: makeBook(await readCaseRules(casePath)) };
  return latest.book;
}
