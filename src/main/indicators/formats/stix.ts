import * as v from 'valibot';
import { DEFAULT_SEVERITY, recognise } from '../indicator';
import { ListReader, type ParsedList } from './parsed';

const Bundle = v.object({ type: v.literal('bundle'), objects: v.array(v.unknown()) });
const Indicated = v.object({
  type: v.literal('indicator'),
  pattern: v.string(),
  pattern_type: v.optional(v.string(), 'stix'),
  name: v.optional(v.string(), ''),
  revoked: v.optional(v.boolean(), false),
});
const Observable = v.object({
  type: v.picklist(['ipv4-addr', 'ipv6-addr', 'domain-name', 'url', 'user-account', 'file', 'artifact']),
  value: v.optional(v.string()),
  user_id: v.optional(v.string()),
  hashes: v.optional(v.record(v.string(), v.string()), {}),
});

/** One comparison of a pattern: object, path and the quoted text it is compared with. */
const COMPARISON =
  /([a-z0-9-]+):((?:[^\s=!<>[\]']|'[^']*')+)\s*(=|LIKE|ISSUBSET|IN)\s*(\(?(?:'(?:[^'\\]|\\.)*'\s*,?\s*)+\)?)/g;
const QUOTED = /'((?:[^'\\]|\\.)*)'/g;

export function isStix(document: unknown): boolean {
  return v.is(Bundle, document);
}

/** A STIX 2.x bundle: the patterns of its indicators and its observables. A pattern is taken apart, not evaluated. */
export function readStix(document: unknown): ParsedList {
  const reader = new ListReader();
  for (const [i, object] of v.parse(Bundle, document).objects.entries()) {
    const place = `object ${i + 1}`;
    const indicated = v.safeParse(Indicated, object);
    if (indicated.success) {
      const { pattern, pattern_type, name, revoked } = indicated.output;
      if (revoked) reader.skip(place, name || pattern, 'revoked');
      else if (pattern_type !== 'stix') reader.skip(place, name || pattern, `a ${pattern_type} pattern`);
      else readPattern(reader, place, { pattern, name });
      continue;
    }
    const observed = v.safeParse(Observable, object);
    if (!observed.success) continue;
    const { value, user_id, hashes } = observed.output;
    for (const text of [value, user_id, ...Object.values(hashes)]) {
      const found = text === undefined ? null : recognise(text);
      if (found) reader.indicators.push({ ...found, label: '', severity: DEFAULT_SEVERITY });
      else if (text !== undefined) reader.skip(place, text, 'no address, domain, hash, key or ARN');
    }
  }
  return reader.list('stix');
}

function readPattern(
  reader: ListReader,
  place: string,
  { pattern, name }: { readonly pattern: string; readonly name: string },
): void {
  const before = reader.indicators.length;
  for (const [, , path = '', operator, quoted = ''] of pattern.matchAll(COMPARISON)) {
    for (const [, raw = ''] of quoted.matchAll(QUOTED)) {
      const text = raw.replace(/\\(.)/g, '$1');
      const told = { label: name, severity: DEFAULT_SEVERITY };
      if (/user.?agent/i.test(path)) {
        const value = operator === 'LIKE' ? text.replace(/^%|%$/g, '') : text;
        reader.indicators.push({ type: 'userAgent', value, ...told });
        continue;
      }
      const found = recognise(text);
      if (found) reader.indicators.push({ ...found, ...told });
    }
  }
  if (reader.indicators.length === before)
    reader.skip(place, pattern, 'its pattern names nothing that logs hold');
}
