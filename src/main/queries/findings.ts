import type { FindingRow } from '../../shared/contract/findings';
import type { ResponseOf } from '../../shared/contract/index';
import { AppError } from '../../shared/errors/app-error';
import { bookOf, ruleSql, ruleText, technique } from '../detections/index';
import { FINDING_ORDER, findingRelation, findingRows } from './finding-rows';
import type { QueryContext, QueryHandlers } from './handlers';
import { Panel } from './panel';
import { recordsPage } from './records-page';
import { sortClause } from './table';
import filterSql from './sql/finding-filter.sql?raw';

type Details = ResponseOf<'findings/get'>;

const SEVERITY = `list_position(['informational', 'low', 'medium', 'high', 'critical'], severity)`;
const SORTABLE = {
  ...Object.fromEntries(
    ['title', 'provider', 'kind', 'tactic', 'principal', 'first', 'last', 'count'].map((n) => [n, n]),
  ),
  ruleId: '"ruleId"',
  sourceIp: '"sourceIp"',
  incidentId: '"incidentId"',
  severity: SEVERITY,
};

const EVENTS = 'SELECT source, file_id, record_no, event_time FROM finding_events WHERE finding_id = $id';

export const findingQueries: QueryHandlers<'findings/list' | 'findings/get' | 'findings/records'> = {
  'findings/list': async ({ connection }, { severity, filter, page, sort }) => {
    const relation = findingRelation(filterSql);
    const params = { severity, filter };
    const order = [sortClause(sort, SORTABLE), FINDING_ORDER].filter((part) => part !== null).join(', ');
    const rows = new Panel(
      `${relation} ORDER BY ${order} LIMIT CAST($limit AS BIGINT) OFFSET CAST($offset AS BIGINT)`,
      { ...params, ...page },
    );
    const total = new Panel(`SELECT count(*) AS total FROM (${relation})`, params);
    return {
      rows: await rows.rows<FindingRow>(connection),
      total: (await total.row<{ total: number }>(connection)).total,
    };
  },
  'findings/get': (context, { id }) => details(context, id),
  'findings/records': ({ connection }, { id, page }) => recordsPage(connection, EVENTS, { id }, page),
};

async function details({ connection, caseFolder }: QueryContext, id: string): Promise<Details> {
  const book = await bookOf(caseFolder.path);
  const [finding] = await findingRows(connection, 'id = $id', { id });
  if (!finding) throw new AppError('finding.unknown', { id });
  const { falsePositives, sources } = await connection.row<{ falsePositives: string; sources: string }>(
    `SELECT coalesce(false_positives, '') AS "falsePositives", coalesce(CAST(sources AS VARCHAR), '[]') AS sources
     FROM findings WHERE finding_id = $id`,
    { id },
  );
  const entities = await connection.rows<Details['entities'][number]>(
    'SELECT entity_type AS type, entity_id AS id, role FROM finding_entities WHERE finding_id = $id ORDER BY role, type, id',
    { id },
  );
  return {
    finding,
    falsePositives,
    sources: sourcesOf(sources),
    entities,
    sql: ruleSql(finding.ruleId, book) || new Panel(EVENTS, { id }).shown,
    rule: ruleText(finding.ruleId, book),
    techniques: finding.techniques.map((t) => {
      const known = technique(t);
      return { id: t, name: known?.name ?? '', text: known?.text ?? '' };
    }),
  };
}

/** Every rule folded into the finding; fields that a provider does not give are empty. */
function sourcesOf(json: string): Details['sources'] {
  const parsed = JSON.parse(json) as Partial<Details['sources'][number]>[];
  return parsed.map((s) => ({
    ruleId: s.ruleId ?? '',
    title: s.title ?? '',
    provider: s.provider ?? '',
    author: s.author ?? '',
    licence: s.licence ?? '',
    link: s.link ?? '',
    severity: s.severity ?? '',
  }));
}
