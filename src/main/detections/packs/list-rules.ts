import type { Severity } from '../../../shared/model/severity';
import type { SigmaRule } from '../sigma/rule';
import type { RuleBook } from './rule-book';

export interface ListedRule {
  readonly id: string;
  readonly title: string;
  readonly kind: SigmaRule['kind'] | 'detector';
  readonly severity: Severity;
  readonly tactic: string;
  readonly techniques: readonly string[];
  readonly author: string;
  readonly licence: string;
  readonly link: string;
  /** `built-in`, or the name of a pack of the case. */
  readonly pack: string;
  readonly enabled: boolean;
  /** Why it cannot run although it is enabled; null when it can. */
  readonly reason: string | null;
}

/** Every rule, filter and detector of a book, with what does not run and why; what is no rule stands by its file. */
export function listRules(book: RuleBook): ListedRule[] {
  const reasons = new Map(book.set.problems.map(({ rule, reason }) => [rule, reason]));
  const rules = book.rules.map(({ rule, pack, enabled }): ListedRule => ({
    ...headOf(rule),
    kind: rule.kind,
    severity: rule.level,
    pack: pack ?? BUILT_IN,
    enabled,
    reason: reasons.get(rule) ?? null,
  }));
  const own = book.allDetectors.map((d): ListedRule => ({
    ...headOf({ ...d, author: 'Coldtrail', licence: 'Apache-2.0', link: '' }),
    kind: 'detector',
    severity: d.severity,
    pack: BUILT_IN,
    enabled: book.detectors.includes(d),
    reason: null,
  }));
  const broken = book.broken.map(({ id, title, pack, file, reason }): ListedRule => ({
    ...headOf({ ...NO_HEAD, id: id ?? file, title: title ?? file }),
    kind: 'event',
    severity: 'informational',
    pack,
    enabled: true,
    reason: `${file}: ${reason}`,
  }));
  return [...rules, ...own, ...broken].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

const BUILT_IN = 'built-in';
const NO_HEAD = { tactic: '', techniques: [], author: '', licence: '', link: '' };

type Head = Pick<ListedRule, 'id' | 'title' | 'tactic' | 'techniques' | 'author' | 'licence' | 'link'>;

function headOf({ id, title, tactic, techniques, author, licence, link }: Head): Head {
  return { id, title, tactic, techniques, author, licence, link };
}
