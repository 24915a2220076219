import type { ResponseOf } from '../../shared/contract/index';
import type { Params } from '../db/database';
import { findingRows } from './finding-rows';
import type { QueryHandlers } from './handlers';
import { Panel } from './panel';
import { recordTables, searchedColumns, type RecordTable } from './record-tables';
import { recordsPage } from './records-page';
import { inScope, scopeParams, touchesScope } from './scope';
import { integerOf, searchTerm, type SearchTerm } from './search-terms';

type Found = ResponseOf<'search/run'>;

const NOTHING: Found['records'] = { names: [], columns: [], rowCount: 0, total: 0 };

export const searchQueries: QueryHandlers<'search/run'> = {
  'search/run': async ({ connection }, { text, scope, limit }) => {
    const startedAt = performance.now();
    const took = () => Math.round(performance.now() - startedAt);
    const term = searchTerm(text);
    if (term.kind === 'text' && term.text === '')
      return { entities: [], findings: [], records: NOTHING, milliseconds: 0 };
    const params = { ...termParams(term), ...scopeParams(scope) };
    const page = { offset: 0, limit };
    return {
      entities: await entitiesPanel(term, params, limit).rows<Found['entities'][number]>(connection),
      findings: await findingRows(
        connection,
        findingWhere(term),
        new Panel(findingWhere(term), params).params,
        limit,
      ),
      records: await recordsPage(connection, recordKeys(term), params, page),
      milliseconds: took(),
    };
  },
};

function termParams(term: SearchTerm): Params {
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
function matches(term: SearchTerm, columns: readonly string[]): string {
  if (term.kind === 'network') return anyOf(columns.map((c) => `(${integerOf(c)}) BETWEEN $first AND $last`));
  if (term.kind === 'pattern') return anyOf(columns.map((c) => `lower(${c}) LIKE $pattern ESCAPE '\\'`));
  return anyOf(columns.map((c) => `contains(lower(${c}), $text)`));
}

function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `(${conditions.join('\n  OR ')})`;
}

function entitiesPanel(term: SearchTerm, params: Params, limit: number): Panel {
  const isNetwork = term.kind === 'network';
  const where = isNetwork
    ? `entity_type = 'address' AND ${matches(term, ['entity_id'])}`
    : matches(term, ['entity_id', 'label']);
  const exact = term.kind === 'text' ? 'lower(entity_id) = $text DESC, lower(label) = $text DESC, ' : '';
  return new Panel(
    `SELECT entity_type AS type, entity_id AS id, label, events, failures, first_seen AS first, last_seen AS last
FROM entities WHERE ${where} AND first_seen IS NOT NULL AND ${touchesScope('first_seen', 'last_seen')}
ORDER BY ${exact}events DESC, type, id LIMIT CAST($limit AS BIGINT)`,
    { ...params, limit },
  );
}

function findingWhere(term: SearchTerm): string {
  const named = `id IN (SELECT finding_id FROM finding_entities WHERE ${matches(term, ['entity_id'])})`;
  const own =
    term.kind === 'network'
      ? matches(term, ['"sourceIp"'])
      : matches(term, ['id', 'title', 'description', '"ruleId"', 'principal', '"sourceIp"']);
  return `(${own} OR ${named}) AND ${touchesScope('first', 'last')}`;
}

/** SELECT of the keys of all records that match, of any source. */
function recordKeys(term: SearchTerm): string {
  return recordTables
    .map((table) => {
      const { plain, nested: many } = searchedColumns(table);
      const found = isFlow(table, term)
        ? '(srcaddr_int BETWEEN $first AND $last OR dstaddr_int BETWEEN $first AND $last)'
        : nested(term, plain, many, table.addresses);
      return `SELECT ${table.source} AS source, file_id, record_no, ${table.time} AS event_time
  FROM ${table.table} WHERE ${found} AND ${inScope(table.time)}`;
    })
    .join('\n  UNION ALL\n  ');
}

/** Flow records have their addresses as integers too. */
function isFlow({ table }: RecordTable, term: SearchTerm): boolean {
  return table === 'flows' && term.kind === 'network';
}

/** Nested columns hold many values: a pattern is looked for in each text of them, an address as a whole one. */
function nested(
  term: SearchTerm,
  plain: readonly string[],
  json: readonly string[],
  addresses: readonly string[],
): string {
  const texts = json.map((column) => `CAST(${column} AS VARCHAR)`);
  if (term.kind === 'text') return matches(term, [...plain, ...texts]);
  if (term.kind === 'pattern') {
    const inside = texts.map((text) => `lower(${text}) LIKE '%"' || $pattern || '"%' ESCAPE '\\'`);
    return anyOf([matches(term, plain), ...inside]);
  }
  if (term.address === null) {
    const inside = texts.map(
      (text) =>
        `len(list_filter(regexp_extract_all(${text}, '\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b'), a -> (${integerOf('a')}) BETWEEN $first AND $last)) > 0`,
    );
    return anyOf([...(addresses.length > 0 ? [matches(term, addresses)] : []), ...inside]);
  }
  const inside = texts.map((text) => `regexp_matches(${text}, $written)`);
  return anyOf([...(addresses.length > 0 ? [matches(term, addresses)] : []), ...inside]);
}
