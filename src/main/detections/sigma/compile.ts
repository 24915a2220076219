import { quotedString } from '../../db/sql';
import type { LogSource, Place } from './log-sources/log-source';
import type { Expression, Match } from './rule';
import { referenceTest, textTest } from './text-sql';

type Field = Extract<Expression, { op: 'field' }>;
type JsonPlace = Extract<Place, { kind: 'json' }>;

/**
 * How much of a record is at hand: the profile columns alone, all of its table's row `e`, or also the resolved call `c`.
 */
export type Known = 'profile' | 'record' | 'call';

const ORDER: readonly Known[] = ['profile', 'record', 'call'];

/**
 * SQL predicate of an expression. Every test is two-valued (never NULL), so NOT over a missing field is true, as Sigma
 * says. A test that needs more than is `known` is NULL: SQL's three-valued logic then says TRUE or FALSE where the rest
 * decides, and NULL where it does not.
 */
export function predicateSql(expression: Expression, source: LogSource, known: Known = 'call'): string {
  return render(expression, (leaf) => (isKnown(leaf, source, known) ? leafSql(leaf, source) : UNKNOWN));
}

const UNKNOWN = 'CAST(NULL AS BOOLEAN)';

/**
 * What is left to test of an expression that was NULL with what is `known`: of a conjunction the parts decided so far are
 * true, of a disjunction they are false, so they say nothing any more.
 */
export function openPart(expression: Expression, source: LogSource, known: Known): Expression {
  if (expression.op === 'not') return { op: 'not', of: openPart(expression.of, source, known) };
  if (expression.op !== 'and' && expression.op !== 'or') return expression;
  const of = alike(expression.op, expression.of).filter((e) => !isDecided(e, source, known));
  const [only] = of;
  return of.length === 1 && only ? openPart(only, source, known) : { op: expression.op, of };
}

/** The parts of a conjunction with those of conjunctions in it; the same for disjunctions. */
function alike(op: 'and' | 'or', of: readonly Expression[]): Expression[] {
  return of.flatMap((e) => (e.op === op ? alike(op, e.of) : [e]));
}

/** Whether what is `known` decides an expression whatever the record holds. */
function isDecided(expression: Expression, source: LogSource, known: Known): boolean {
  return leavesOf(expression).every((leaf) => isKnown(leaf, source, known));
}

/** A conjunction in two: the parts that what is `known` decides, and the rest. Anything else is rest as a whole. */
export function splitBy(
  expression: Expression,
  source: LogSource,
  known: Known,
): { readonly decided: Expression; readonly rest: Expression } {
  const of = expression.op === 'and' ? alike('and', expression.of) : [expression];
  return {
    decided: { op: 'and', of: of.filter((e) => isDecided(e, source, known)) },
    rest: { op: 'and', of: of.filter((e) => !isDecided(e, source, known)) },
  };
}

/** Whether some test reads the resolved call. */
export function needsCalls(expression: Expression, source: LogSource): boolean {
  return !isDecided(expression, source, 'record');
}

/** Whether some test reads the row of the log's own table. */
export function needsRecord(expression: Expression, source: LogSource): boolean {
  return leavesOf(expression).some(
    (leaf) => leaf.op === 'keyword' || fieldsOf(leaf).some((field) => !isEntity(source.placeOf(field))),
  );
}

/** The first value of a field as one text, for grouping and counting. */
export function valueSql(field: string, source: LogSource): string {
  const place = source.placeOf(field);
  if (place.kind === 'column') return place.sql;
  const first = `list_filter(${textsSql(place)}, lambda t: t IS NOT NULL)[1]`;
  if (place.path.length === 0) return first;
  const text = `json_extract_string(${place.column}, ${quotedString(jsonPath(place.path))})`;
  return `CASE WHEN ${listsOnPath(place)} THEN ${first} ELSE ${text} END`;
}

export function isEntity(place: Place): boolean {
  return place.kind === 'column' && place.entity;
}

function isKnown(leaf: Leaf, source: LogSource, known: Known): boolean {
  const fields = leaf.op === 'keyword' ? [] : fieldsOf(leaf);
  const needed = fields.map((field) => ORDER.indexOf(neededFor(source.placeOf(field))));
  return Math.max(leaf.op === 'keyword' ? 1 : 0, ...needed) <= ORDER.indexOf(known);
}

function leavesOf(expression: Expression): Leaf[] {
  switch (expression.op) {
    case 'and':
    case 'or':
      return expression.of.flatMap(leavesOf);
    case 'not':
      return leavesOf(expression.of);
    default:
      return [expression];
  }
}

function neededFor(place: Place): Known {
  if (isEntity(place)) return 'call';
  return place.kind === 'column' && place.profile ? 'profile' : 'record';
}

function fieldsOf({ field, match }: Field): string[] {
  return match.kind === 'field' ? [field, match.other] : [field];
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
  const test = jsonTextTest({ kind: 'text', position: 'inside', tokens: leaf.tokens, cased: leaf.cased });
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

/** A whole object as text. */
function documentSql(column: string, match: Match, source: LogSource): string {
  const text = `CAST(${column} AS VARCHAR)`;
  if (match.kind === 'null') return `(coalesce(json_type(${column}), 'NULL') = 'NULL')`;
  if (match.kind !== 'text') return columnSql(text, match, source);
  return `coalesce(${jsonTextTest(match)(text)}, false)`;
}

/** A text that may be JSON: as it is, and with the quotes of JSON inside JSON unescaped (policy documents). */
function jsonTextTest(match: Exclude<Match, { kind: 'null' | 'exists' | 'field' }>): (x: string) => string {
  const test = textTest(match);
  const quotes = match.kind === 'text' && match.tokens.some((t) => typeof t === 'string' && t.includes('"'));
  return quotes ? (x) => `(${test(x)} OR ${test(`replace(${x}, '\\"', '"')`)})` : test;
}

/**
 * A path inside a JSON column. Any element counts where a list is on the way or at its end; without one, which is what
 * most records are like, the path is read as it is.
 */
function pathSql(place: JsonPlace, match: Match, source: LogSource): string {
  const texts = textsSql(place);
  if (match.kind === 'field') return referenceSql(texts, match, source);
  const [plain, through] = testsOf(place, texts, match);
  return `(CASE WHEN ${listsOnPath(place)} THEN ${through} ELSE ${plain} END)`;
}

/** A test for when no list is on the path, and for when there is one. */
function testsOf(
  place: JsonPlace,
  texts: string,
  match: Exclude<Match, { kind: 'field' }>,
): readonly [plain: string, through: string] {
  const path = quotedString(jsonPath(place.path));
  const text = `json_extract_string(${place.column}, ${path})`;
  if (match.kind === 'exists')
    return [
      `json_type(${place.column}, ${path}) IS ${match.value ? 'NOT NULL' : 'NULL'}`,
      `len(${valuesSql(place)}) ${match.value ? '>' : '='} 0`,
    ];
  if (match.kind === 'null')
    return [`${text} IS NULL`, `len(list_filter(${texts}, lambda t: t IS NOT NULL)) = 0`];
  const test = jsonTextTest(match);
  return [`coalesce(${test(text)}, false)`, `len(list_filter(${texts}, lambda t: ${test('t')})) > 0`];
}

/** Whether the document, a value on the path, or the one at its end, is a list. */
function listsOnPath({ column, path }: JsonPlace): string {
  const steps = ['', ...path].map((_, i) => quotedString(jsonPath(path.slice(0, i))));
  return `coalesce(list_contains(json_type(${column}, [${steps.join(', ')}]), 'ARRAY'), false)`;
}

function referenceSql(texts: string, match: Extract<Match, { kind: 'field' }>, source: LogSource): string {
  const other = source.placeOf(match.other);
  const others = other.kind === 'column' ? `[${other.sql}]` : textsSql(other);
  const test = referenceTest(match.position, match.cased);
  return `(len(list_filter(${texts}, lambda t: len(list_filter(${others}, lambda o: ${test('t', 'o')})) > 0)) > 0)`;
}

/** The JSON values at the end of a path: one step a key, through lists on the way. */
function valuesSql({ column, path }: JsonPlace): string {
  const step = (value: string, name: string) =>
    `list_append(json_extract(${value}, ${quotedString(`$[*].${key(name)}`)}), json_extract(${value}, ${quotedString(`$.${key(name)}`)}))`;
  const [first = '', ...rest] = path;
  const chain = rest.reduce(
    (values, name) => `flatten(list_transform(${values}, lambda v: ${step('v', name)}))`,
    step(column, first),
  );
  return `list_filter(coalesce(${chain}, []), lambda v: v IS NOT NULL)`;
}

/** The texts of those values; a list gives its elements, an object its JSON, null NULL. */
function textsSql(place: JsonPlace): string {
  if (place.path.length === 0) return `[CAST(${place.column} AS VARCHAR)]`;
  return `flatten(list_transform(${valuesSql(place)}, lambda v: CASE WHEN json_type(v) = 'ARRAY' THEN json_extract_string(v, '$[*]') ELSE [json_extract_string(v, '$')] END))`;
}

function jsonPath(path: readonly string[]): string {
  return ['$', ...path.map(key)].join('.');
}

/** A key of a JSON path; `items[0]` is one element, `items[]` and `items{}` are any, as for a list without brackets. */
function key(name: string): string {
  const [, bare = name, index = ''] = /^(.+?)(?:\[(\d*)\]|\{\})$/.exec(name) ?? [];
  const quoted = `"${bare.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  return index === '' ? quoted : `${quoted}[${index}]`;
}
