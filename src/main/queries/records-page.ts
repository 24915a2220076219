import type { Table } from '../../shared/contract/words';
import type { Connection, Params } from '../db/database';
import { Panel } from './panel';
import type { Page } from './table';
import { recordTables, toldFields, type RecordTable } from './record-tables';

/** SELECT of the same keys, each record once. */
function distinctKeys(keys: string): string {
  return `SELECT source, file_id, record_no, min(event_time) AS event_time FROM (${keys}) GROUP BY source, file_id, record_no`;
}

/**
 * One page of records of any source in time order. `keys` is a SELECT of (source, file_id, record_no, event_time); a
 * record named twice counts once.
 */
export function recordsPage(
  connection: Connection,
  keys: string,
  params: Params,
  page: Page,
): Promise<Table> {
  return pageOfDistinct(connection, distinctKeys(keys), params, page);
}

/** {@link recordsPage} of keys that name no record twice: of millions, finding that out costs most of a page. */
export async function pageOfDistinct(
  connection: Connection,
  distinct: string,
  params: Params,
  page: Page,
): Promise<Table> {
  const { total } = await new Panel(`SELECT count(*) AS total FROM (${distinct})`, params).row<{
    total: number;
  }>(connection);
  const rows = recordsPanel(distinct, params, page);
  const result = await connection.columns(rows.text, rows.params);
  return {
    names: [...result.names],
    columns: result.columns.map((c) => [...c]),
    rowCount: result.rowCount,
    total,
  };
}

/** Key of a record: its place, and its time by which a page is put in order. */
export interface RecordKey {
  readonly source: string;
  readonly file_id: number;
  readonly record_no: number;
  readonly event_time: string | null;
}

const KEYS = '[{"source":"VARCHAR","file_id":"INTEGER","record_no":"INTEGER","event_time":"TIMESTAMP"}]';

/** These records of these tables, newest first, as {@link recordsPage} tells them; `total` is the caller's; without a key there are no columns. */
export async function recordsOf(
  connection: Connection,
  keys: readonly RecordKey[],
  tables: readonly RecordTable[],
  total: number,
): Promise<Table> {
  if (keys.length === 0) return { names: [], columns: [], rowCount: 0, total };
  const page = 'SELECT unnest(from_json($keys, $types), recursive := true)';
  const result = await connection.columns(
    `WITH page AS MATERIALIZED (${page})\n${rowsOf(tables, 'DESC NULLS LAST')}`,
    { keys: JSON.stringify(keys), types: KEYS },
  );
  return {
    names: [...result.names],
    columns: result.columns.map((c) => [...c]),
    rowCount: result.rowCount,
    total,
  };
}

/** The records of `page`, each with what its source says: columns of incidents/timeline. */
const rowsOf = (
  tables: readonly RecordTable[],
  order: 'ASC' | 'DESC NULLS LAST',
): string => `SELECT p.*, coalesce(t.titles, []) AS finding_titles
FROM (
${tables
  .map(
    (table) =>
      `  SELECT k.event_time, k.source, r.* FROM page k JOIN (SELECT file_id, record_no, ${toldFields(table)} FROM ${table.told ?? table.table}) r USING (file_id, record_no)`,
  )
  .join('\n  UNION ALL BY NAME\n')}
) p LEFT JOIN (
  SELECT e.source, e.file_id, e.record_no, list(DISTINCT f.title ORDER BY f.title) AS titles
  FROM page k JOIN finding_events e USING (source, file_id, record_no) JOIN findings f USING (finding_id) GROUP BY ALL
) t USING (source, file_id, record_no)
ORDER BY p.event_time ${order}, p.source, p.file_id, p.record_no`;

function recordsPanel(keys: string, params: Params, page: Page): Panel {
  return new Panel(
    `WITH page AS MATERIALIZED (
  ${keys}
  ORDER BY event_time, source, file_id, record_no LIMIT CAST($limit AS BIGINT) OFFSET CAST($offset AS BIGINT)
)
${rowsOf(recordTables, 'ASC')}`,
    { ...params, ...page },
  );
}
