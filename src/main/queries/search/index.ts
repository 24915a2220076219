import type { ResponseOf } from '../../../shared/contract/index';
import type { Params } from '../../db/database';
import { findingRows } from '../finding-rows';
import type { QueryHandlers } from '../handlers';
import { Panel } from '../panel';
import { scopeParams, touchesScope } from '../scope';
import { matches, termParams } from './conditions';
import { searchRecords } from './records';
import { searchTerm, type SearchTerm } from './terms';

type Entity = ResponseOf<'search/run'>['entities'][number];

export const searchQueries: QueryHandlers<'search/run' | 'search/records'> = {
  'search/run': async ({ connection }, { text, scope, limit }) => {
    const term = searchTerm(text);
    if (term.kind === 'text' && term.text === '') return { entities: [], findings: [] };
    const params = { ...termParams(term), ...scopeParams(scope) };
    const where = findingWhere(term);
    return {
      entities: await entitiesPanel(term, params, limit).rows<Entity>(connection),
      findings: await findingRows(connection, where, new Panel(where, params).params, limit),
    };
  },
  'search/records': searchRecords,
};

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
