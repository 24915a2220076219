import { quotedString } from '../../db/sql';
import { isAnything, literalOf } from './pattern';
import type { Match, Position, Token } from './rule';

/** SQL that tests one text `x` (NULL gives NULL). */
type TextTest = (x: string) => string;

/** The test that a match makes on one text. `null` and `exists` are about the field, not a text, and not here. */
export function textTest(match: Exclude<Match, { kind: 'null' | 'exists' | 'field' }>): TextTest {
  switch (match.kind) {
    case 'text':
      return patternTest(match.tokens, match.position, match.cased);
    case 'number':
      return (x) => `TRY_CAST(${x} AS DOUBLE) ${match.sign} ${match.value}`;
    case 'time':
      return (x) => `date_part('${match.part}', TRY_CAST(${x} AS TIMESTAMP)) ${match.sign} ${match.value}`;
    case 'regex':
      return (x) => `regexp_matches(${x}, ${quotedString(match.pattern)})`;
    case 'network':
      return networkTest(match.low, match.high);
  }
}

/** A Sigma text with its wildcards, at its place in the field. */
function patternTest(tokens: readonly Token[], position: Position, cased: boolean): TextTest {
  if (isAnything(tokens)) return (x) => `${x} <> ''`;
  const text = (x: string) => (cased ? x : `lower(${x})`);
  const literal = literalOf(tokens);
  if (literal === null)
    return (x) => `${text(x)} LIKE ${value(likePattern(tokens, position), cased)} ESCAPE '\\'`;
  const wanted = value(literal, cased);
  if (position === 'prefix') return (x) => `starts_with(${text(x)}, ${wanted})`;
  if (position === 'suffix') return (x) => `ends_with(${text(x)}, ${wanted})`;
  if (position === 'inside') return (x) => `contains(${text(x)}, ${wanted})`;
  return (x) => `${text(x)} = ${wanted}`;
}

/** The same comparison with the text of another field instead of a constant. */
export function referenceTest(position: Position, cased: boolean): (x: string, other: string) => string {
  const text = (x: string) => (cased ? x : `lower(${x})`);
  const calls: Readonly<Record<Exclude<Position, 'whole'>, string>> = {
    prefix: 'starts_with',
    suffix: 'ends_with',
    inside: 'contains',
  };
  return (x, other) =>
    position === 'whole' ? `${text(x)} = ${text(other)}` : `${calls[position]}(${text(x)}, ${text(other)})`;
}

/** ASCII is lowered here; the rest by the database, so that both sides follow one rule. */
function value(text: string, cased: boolean): string {
  if (cased || /^[\x00-\x7f]*$/.test(text)) return quotedString(cased ? text : text.toLowerCase());
  return `lower(${quotedString(text)})`;
}

function likePattern(tokens: readonly Token[], position: Position): string {
  const body = tokens
    .map((t) => (typeof t === 'string' ? t.replace(/[\\%_]/g, '\\$&') : t.wild === 'any' ? '%' : '_'))
    .join('');
  const before = position === 'suffix' || position === 'inside' ? '%' : '';
  const after = position === 'prefix' || position === 'inside' ? '%' : '';
  return before + body + after;
}

/** Addresses as fixed-length hex digits compare as text, so one BETWEEN serves every prefix length. */
function networkTest(low: string, high: string): TextTest {
  const range = `BETWEEN ${quotedString(low)} AND ${quotedString(high)}`;
  if (low.length === 8) {
    const number = (x: string) =>
      [1, 2, 3, 4]
        .map((i) => `printf('%02x', TRY_CAST(split_part(${x}, '.', ${i}) AS UTINYINT))`)
        .join(' || ');
    return (x) => `(regexp_full_match(${x}, '\\d{1,3}(\\.\\d{1,3}){3}') AND (${number(x)}) ${range})`;
  }
  const groups = (x: string, side: 1 | 2) =>
    `list_filter(string_split(split_part(${x}, '::', ${side}), ':'), lambda g: g <> '')`;
  const zeros = (x: string) =>
    `list_resize(CAST([] AS VARCHAR[]), greatest(0, 8 - len(${groups(x, 1)}) - len(${groups(x, 2)})), '0')`;
  const full = (x: string) => `list_concat(${groups(x, 1)}, ${zeros(x)}, ${groups(x, 2)})`;
  return (x) =>
    `(regexp_full_match(${x}, '[0-9a-fA-F:]*:[0-9a-fA-F:]*') AND array_to_string(list_transform(${full(x)}, lambda g: lpad(lower(g), 4, '0')), '') ${range})`;
}
