import { quotedString } from '../../db/sql';
import type { LogSource, Place } from './log-sources/log-source';
import type { Expression, Match } from './rule';
import { patternTest, referenceTest, textTest } from './text-sql';

type Field = Extract<Expression, { op: 'field' }>;

/**
 * SQL predicate of an expression over `e` (the log source's row) and `c` (the resolved call). Every test is two-valued
 * (never NULL), so NOT over a missing field is true, as Sigma says.
 */
export function predicateSql(expression: Expression, source: LogSource): string {
  return render(expression, (leaf) => leafSql(leaf, source));
}

/**
 * The same, as far as the profile columns alone decide it: TRUE or FALSE when they do, NULL when the rest of the record
 * is needed. SQL's three-valued logic does the reasoning.
 */
export function profileSql(expression: Expression, source: LogSource): string {
  return render(expression, (leaf) => {
    const decided = leaf.op === 'field' && isProfile(leaf, source);
    return decided ? leafSql(leaf, source) : 'CAST(NULL AS BOOLEAN)';
  });
}

/** Whether the predicate reads the resolved call. */
export function needsCalls(expression: Expression, source: LogSource): boolean {
  if (expression.op === 'keyword') return false;
  if (expression.op === 'not') return needsCalls(expression.of, source);
  if (expression.op !== 'field') return expression.of.some((e) => needsCalls(e, source));
  const fields = [expression.field, ...(expression.match.kind === 'field' ? [expression.match.other] : [])];
  return fields.some((field) => isEntity(source.placeOf(field)));
}

/** The first value of a field as one text, for grouping and counting. */
export function valueSql(field: string, source: LogSource): string {
  const place = source.placeOf(field);
  return place.kind === 'column' ? place.sql : `list_filter(${textsSql(place)}, lambda t: t IS NOT NULL)[1]`;
}

export function isEntity(place: Place): boolean {
  return place.kind === 'column' && place.entity;
}

function isProfile(leaf: Field, source: LogSource): boolean {
  const fields = [leaf.field, ...(leaf.match.kind === 'field' ? [leaf.match.other] : [])];
  return fields.every((field) => {
    const place = source.placeOf(field);
    return place.kind === 'column' && place.profile;
  });
}

type Leaf = Extract<Expression, { op: 'field' | 'keyword' }>;

function render(expression: Expression, leaf: (leaf: Leaf) => string): string {
  switch (expression.op) {
    case 'and':
    case 'or': {
      const parts = expression.of.map((e) => render(e, leaf));
      const [only] = parts;
      if (only === undefined) return expression.op === 'and' ? 'true' : 'false';
      return parts.length === 1 ? only : `(${parts.join(expression.op === 'and' ? ' AND ' : ' OR ')})`;
    }
    case 'not':
      return `NOT ${render(expression.of, leaf)}`;
    default:
      return leaf(expression);
  }
}

function leafSql(leaf: Leaf, source: LogSource): string {
  if (leaf.op === 'field') return fieldSql(leaf, source);
  const test = patternTest(leaf.tokens, 'inside', leaf.cased);
  return `(${source.textColumns.map((column) => `coalesce(${test(`CAST(e.${column} AS VARCHAR)`)}, false)`).join(' OR ')})`;
}

function fieldSql({ field, match }: Field, source: LogSource): string {
  const place = source.placeOf(field);
  if (place.kind === 'column') return columnSql(place.sql, match, source);
  if (place.path.length === 0) return documentSql(place.column, match, source);
  return pathSql(place, match, source);
}

function columnSql(sql: string, match: Match, source: LogSource): string {
  if (match.kind === 'null') return `(${sql} IS NULL)`;
  if (match.kind === 'exists') return `(${sql} IS ${match.value ? 'NOT NULL' : 'NULL'})`;
  if (match.kind === 'field') return referenceSql(`[${sql}]`, match, source);
  return `coalesce(${textTest(match)(sql)}, false)`;
}

/** A whole object as text: as JSON, and with the quotes of JSON inside JSON unescaped (policy documents). */
function documentSql(column: string, match: Match, source: LogSource): string {
  const text = `CAST(${column} AS VARCHAR)`;
  if (match.kind === 'null') return `(coalesce(json_type(${column}), 'NULL') = 'NULL')`;
  if (match.kind !== 'text' || !match.tokens.some((t) => typeof t === 'string' && t.includes('"'))) {
    return columnSql(text, match, source);
  }
  return `(${columnSql(text, match, source)} OR ${columnSql(`replace(${text}, '\\"', '"')`, match, source)})`;
}

/** A path inside a JSON column. Any element counts where a list is on the way or at its end. */
function pathSql(place: Extract<Place, { kind: 'json' }>, match: Match, source: LogSource): string {
  if (match.kind === 'exists') return `(len(${valuesSql(place)}) ${match.value ? '>' : '='} 0)`;
  const texts = textsSql(place);
  if (match.kind === 'null') return `(len(list_filter(${texts}, lambda t: t IS NOT NULL)) = 0)`;
  if (match.kind === 'field') return referenceSql(texts, match, source);
  return `(len(list_filter(${texts}, lambda t: ${textTest(match)('t')})) > 0)`;
}

function referenceSql(texts: string, match: Extract<Match, { kind: 'field' }>, source: LogSource): string {
  const other = source.placeOf(match.other);
  const others = other.kind === 'column' ? `[${other.sql}]` : textsSql(other);
  const test = referenceTest(match.position, match.cased);
  return `(len(list_filter(${texts}, lambda t: len(list_filter(${others}, lambda o: ${test('t', 'o')})) > 0)) > 0)`;
}

/** The JSON values at the end of a path: one step a key, through lists on the way. */
function valuesSql({ column, list, path }: Extract<Place, { kind: 'json' }>): string {
  const [first = '', ...rest] = path;
  const start = list
    ? `json_extract(${column}, ${quotedString(`$[*].${key(first)}`)})`
    : `[json_extract(${column}, ${quotedString(`$.${key(first)}`)})]`;
  const chain = rest.reduce(
    (values, name) =>
      `flatten(list_transform(${values}, lambda v: list_append(json_extract(v, ${quotedString(`$[*].${key(name)}`)}), json_extract(v, ${quotedString(`$.${key(name)}`)}))))`,
    start,
  );
  return `list_filter(coalesce(${chain}, []), lambda v: v IS NOT NULL)`;
}

/** The texts of those values; a list gives its elements, an object its JSON, null NULL. */
function textsSql(place: Extract<Place, { kind: 'json' }>): string {
  if (place.path.length === 0) return `[CAST(${place.column} AS VARCHAR)]`;
  return `flatten(list_transform(${valuesSql(place)}, lambda v: CASE WHEN json_type(v) = 'ARRAY' THEN json_extract_string(v, '$[*]') ELSE [json_extract_string(v, '$')] END))`;
}

function key(name: string): string {
  return `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
