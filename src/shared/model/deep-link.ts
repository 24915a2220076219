import type { TimeRange } from './time';

/** A place in a case that a link can name. */
export interface LinkedPlace {
  readonly view: string;
  readonly params: Readonly<Record<string, string>>;
  readonly scope: TimeRange | null;
}

const SCHEME = 'coldtrail:';
const LONGEST = 8000;
const MOST_PARAMS = 20;
const NAME = /^[a-z][a-zA-Z0-9-]{0,39}$/;
const CASE_ID = /^[0-9a-f-]{36}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/;

/** `coldtrail://case/<case id>/<view>?<what it shows>&from=...&to=...`. */
export function deepLink(caseId: string, { view, params, scope }: LinkedPlace): string {
  const query = new URLSearchParams(Object.entries(params).map(([name, value]) => [`p.${name}`, value]));
  if (scope !== null) {
    query.set('from', scope.from);
    query.set('to', scope.to);
  }
  const tail = query.toString();
  return `${SCHEME}//case/${caseId}/${view}${tail === '' ? '' : `?${tail}`}`;
}

/**
 * The place a link names, or null for anything else. Links come from mails and documents of strangers: nothing is taken
 * from one but names, ids and times, and a view decides itself what it makes of them.
 */
export function parseDeepLink(text: string): { readonly caseId: string; readonly place: LinkedPlace } | null {
  const url = text.length > LONGEST ? null : urlOf(text);
  if (url === null) return null;
  const [caseId = '', view = '', ...rest] = url.pathname.replace(/^\//, '').split('/');
  if (url.host !== 'case' || rest.length > 0) return null;
  if (!CASE_ID.test(caseId) || !NAME.test(view)) return null;
  const entries = [...url.searchParams].filter(([name]) => name.startsWith('p.'));
  const params = entries.map(([name, value]) => [name.slice(2), value] as const);
  if (params.length > MOST_PARAMS || params.some(([name]) => !NAME.test(name))) return null;
  const from = url.searchParams.get('from');
  const to = url.searchParams.get('to');
  if (from === null && to === null) return place(null);
  if (from === null || to === null || !isTime(from) || !isTime(to) || from > to) return null;
  return place({ from, to });

  function place(scope: TimeRange | null) {
    return { caseId, place: { view, params: Object.fromEntries(params), scope } };
  }
}

function urlOf(text: string): URL | null {
  if (!text.startsWith(`${SCHEME}//`)) return null;
  try {
    // Older runtimes do not know hosts of schemes that are not the web's.
    return new URL(`https:${text.slice(SCHEME.length)}`);
  } catch {
    return null;
  }
}

function isTime(text: string): boolean {
  return TIME.test(text) && !Number.isNaN(Date.parse(text));
}
