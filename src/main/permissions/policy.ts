import { isObject } from '../evidence/originals/json-object';

/** One statement of a policy as far as it is evaluated. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** Whether the action is covered. */
  covers(action: string): boolean;
  /** Whether it holds for every resource. */
  readonly everywhere: boolean;
  readonly conditional: boolean;
  /** Prefixes of services that its actions name; `*` for all. */
  readonly services: readonly string[];
}

/** The statements of a policy document: an object, its JSON, or its JSON URL-encoded; null when it is none of these. */
export function statementsOf(document: unknown): readonly Statement[] | null {
  const parsed = typeof document === 'string' ? decoded(document) : document;
  if (!isObject(parsed)) return null;
  return listOf(parsed['Statement']).flatMap((one) => (isObject(one) ? statement(one) : []));
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('{') ? text : decodeURIComponent(text));
  } catch {
    return null;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function texts(value: unknown): readonly string[] {
  return listOf(value).filter((one): one is string => typeof one === 'string');
}

function statement(raw: Readonly<Record<string, unknown>>): Statement[] {
  const effect = raw['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') return [];
  const isNot = raw['Action'] === undefined;
  const patterns = texts(isNot ? raw['NotAction'] : raw['Action']);
  if (patterns.length === 0) return [];
  const matches = (action: string) =>
    patterns.some((pattern) => isLike(action.toLowerCase(), pattern.toLowerCase()));
  return [
    {
      effect,
      covers: isNot ? (action) => !matches(action) : matches,
      everywhere: texts(raw['Resource']).includes('*'),
      conditional: isObject(raw['Condition']) && Object.keys(raw['Condition']).length > 0,
      services: isNot
        ? ['*']
        : [...new Set(patterns.map((p) => (p === '*' ? '*' : (p.split(':')[0] ?? '').toLowerCase())))],
    },
  ];
}

/** Wildcards of IAM, `*` and `?`; linear in the text, since patterns are the attacker's to write. */
export function isLike(text: string, pattern: string): boolean {
  let at = 0;
  let p = 0;
  let star = -1;
  let mark = 0;
  while (at < text.length) {
    if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[at]) && pattern[p] !== '*') {
      at += 1;
      p += 1;
    } else if (pattern[p] === '*') {
      star = p;
      mark = at;
      p += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      at = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
