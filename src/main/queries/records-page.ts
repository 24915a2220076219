import type { Table } from '../../shared/contract/words';
import type { Connection, Params } from '../db/database';
import { Panel } from './panel';
import type { Page } from './table';
import recordRowsSql from './sql/record-rows.sql?raw';

/**
 * One page of records of any source in time order. `keys` is a SELECT of (source, file_id, record_no, event_time); a
 * record named twice counts once.
 */
export async function recordsPage(
  connection: Connection,
  keys: string,
  params: Params,
  page: Page,
): Promise<Table> {
  const distinct = `SELECT source, file_id, record_no, min(event_time) AS event_time FROM (${keys}) GROUP BY source, file_id, record_no`;
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

function recordsPanel(keys: string, params: Params, page: Page): Panel {
  return new Panel(
    `WITH page AS MATERIALIZED (
  ${keys}
  ORDER BY event_time, source, file_id, record_no LIMIT CAST($limit AS BIGINT) OFFSET CAST($offset AS BIGINT)
)
${recordRowsSql}`,
    { ...params, ...page },
  );
}
