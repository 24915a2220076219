import type { Table } from '../../shared/contract/words';
import type { Connection, Params } from '../db/database';
import { Panel } from './panel';

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/**
 * One page of a relation by columns, with the number of all its rows. `order` is SQL of ours that gives every row its
 * own place, so that pages neither overlap nor leave gaps.
 */
export async function tablePage(
  connection: Connection,
  relation: string,
  { params, order, page }: { readonly params: Params; readonly order: string; readonly page: Page },
): Promise<Table> {
  const rows = new Panel(
    `SELECT * FROM (${relation}) ORDER BY ${order} LIMIT CAST($limit AS BIGINT) OFFSET CAST($offset AS BIGINT)`,
    { ...params, ...page },
  );
  const result = await connection.columns(rows.text, rows.params);
  const { total } = await new Panel(`SELECT count(*) AS total FROM (${relation})`, params).row<{
    total: number;
  }>(connection);
  return {
    names: [...result.names],
    columns: result.columns.map((column) => [...column]),
    rowCount: result.rowCount,
    total,
  };
}

/** `column ASC|DESC NULLS LAST` when the column is one of those allowed, else null: names never come from outside. */
export function sortClause(
  sort: { readonly column: string; readonly descending: boolean } | null,
  allowed: Readonly<Record<string, string>>,
): string | null {
  if (sort === null || !Object.hasOwn(allowed, sort.column)) return null;
  return `${allowed[sort.column] ?? ''} ${sort.descending ? 'DESC' : 'ASC'} NULLS LAST`;
}
