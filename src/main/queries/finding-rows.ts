import type { FindingRow } from '../../shared/contract/findings';
import type { Connection, Params } from '../db/database';
import { Panel } from './panel';
import findingRowsSql from './sql/finding-rows.sql?raw';

/** Most severe first. */
export const FINDING_ORDER = `list_position(['critical', 'high', 'medium', 'low', 'informational'], severity), first, id`;

/** A SELECT of FindingRow; `where` is SQL of ours over the columns of the rows. */
export function findingRelation(where = 'true'): string {
  return `SELECT * FROM (\n${findingRowsSql}) WHERE ${where}`;
}

/** Findings that meet `where`, most severe first. */
export function findingRows(
  connection: Connection,
  where: string,
  params: Params,
  limit = 1000,
): Promise<FindingRow[]> {
  const text = `${findingRelation(where)} ORDER BY ${FINDING_ORDER} LIMIT CAST($limit AS BIGINT)`;
  return new Panel(text, { ...params, limit }).rows<FindingRow>(connection);
}
