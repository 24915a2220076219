import type { Params } from '../../db/database';
import { searchedColumns, type RecordTable } from '../record-tables';
import { integerOf, type SearchTerm } from './terms';

/** The values that the conditions of a term name. */
export function termParams(term: SearchTerm): Params {
  if (term.kind === 'network') {
    const { first, last, address } = term;
    return { first, last, ...(address === null ? {} : { written: wholeAddress(address) }) };
  }
  return term.kind === 'pattern' ? { pattern: term.pattern } : { text: term.text };
}

/** A regular expression of the address that is no part of a longer one. */
function wholeAddress(address: string): string {
  return `(^|[^0-9.])${address.replaceAll('.', '\\.')}([^0-9.]|$)`;
}

/** SQL for "one of these columns is what is searched". */
export function matches(term: SearchTerm, columns: readonly string[]): string {
  if (term.kind === 'network') return anyOf(columns.map((c) => `(${integerOf(c)}) BETWEEN $first AND $last`));
  if (term.kind === 'pattern') return anyOf(columns.map((c) => `lower(${c}) LIKE $pattern ESCAPE '\\'`));
  return anyOf(columns.map((c) => `contains(lower(${c}), $text)`));
}

function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `(${conditions.join('\n  OR ')})`;
}

/**
 * SQL for "this record is what is searched", by what it costs: in columns of one value, which are short and repeat, and
 * in nested ones. A record may be both.
 */
export function recordConditions(
  table: RecordTable,
  term: SearchTerm,
): { readonly values: string; readonly nested: string } {
  const { plain, nested } = searchedColumns(table);
  const texts = nested.map((column) => `CAST(${column} AS VARCHAR)`);
  if (term.kind !== 'network') return { values: matches(term, plain), nested: insideTexts(term, texts) };
  // Flow records have their addresses as integers too.
  if (table.table === 'flows')
    return {
      values: '(srcaddr_int BETWEEN $first AND $last OR dstaddr_int BETWEEN $first AND $last)',
      nested: 'false',
    };
  return { values: matches(term, table.addresses), nested: insideTexts(term, texts) };
}

/** Nested columns hold many values: a pattern is looked for in each text of them, an address as a whole one. */
function insideTexts(term: SearchTerm, texts: readonly string[]): string {
  if (term.kind === 'text') return matches(term, texts);
  if (term.kind === 'pattern')
    return anyOf(texts.map((text) => `lower(${text}) LIKE '%"' || $pattern || '"%' ESCAPE '\\'`));
  if (term.address !== null) return anyOf(texts.map((text) => `regexp_matches(${text}, $written)`));
  return anyOf(
    texts.map(
      (text) =>
        `len(list_filter(regexp_extract_all(${text}, '\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b'), lambda a: (${integerOf('a')}) BETWEEN $first AND $last)) > 0`,
    ),
  );
}
