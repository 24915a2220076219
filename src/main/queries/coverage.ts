import type { ResponseOf } from '../../shared/contract/index';
import type { Connection } from '../db/database';
import { recordTables, type RecordTable } from './record-tables';
import marksSql from './sql/coverage-marks.sql?raw';

type Coverage = ResponseOf<'evidence/coverage'>;

const ACCOUNT: Readonly<Record<string, string>> = { events: 'recipient_account_id' };
const HOUR_MS = 3_600_000;
/** Hours of a column: those a person counts in. */
const STEPS = [1, 2, 3, 6, 12, 24, 48, 168, 336, 672];

/** Records by account, Region, source and hour, counted from the evidence: for a case that is not analysed yet. */
const countedSql = recordTables.map(perHour).join('\nUNION ALL\n');

/** SELECT of (file_id, account, region) of everything. */
export const placesSql = recordTables
  .map(
    (table) =>
      `SELECT file_id, ${account(table)} AS account, ${region(table)} AS region FROM ${table.table} GROUP BY ALL`,
  )
  .join('\n  UNION ALL ');

function perHour(table: RecordTable): string {
  const time =
    table.table === 'provider_findings' ? 'coalesce(last_seen, updated_at, created_at)' : table.time;
  return `SELECT ${account(table)} AS account_id, ${region(table)} AS aws_region, ${table.source} AS source, date_trunc('hour', ${time}) AS hour, count(*) AS records
FROM ${table.table} GROUP BY ALL`;
}

function account({ table, fields }: RecordTable): string {
  return ACCOUNT[table] ?? (fields.account_id === null ? 'CAST(NULL AS VARCHAR)' : 'account_id');
}

function region({ fields }: RecordTable): string {
  return fields.aws_region === null ? 'CAST(NULL AS VARCHAR)' : 'aws_region';
}

interface Cell {
  readonly account: string | null;
  readonly region: string | null;
  readonly source: string;
  readonly column: number;
  readonly records: number;
}

/** The ledger drawn in at most so many columns; what is being imported is counted, so that it shows before it is analysed. */
export async function coverageOf(connection: Connection, mostColumns: number): Promise<Coverage> {
  const { analysed } = await connection.row<{ analysed: boolean }>(
    'SELECT count(*) > 0 AS analysed FROM coverage',
  );
  const hours = analysed ? 'coverage' : `(${countedSql})`;
  const { first, last } = await connection.row<{ first: string | null; last: string | null }>(
    `SELECT min(hour) AS first, max(hour) AS last FROM ${hours}`,
  );
  if (first === null || last === null) return { from: null, stepHours: 1, columns: 0, lines: [], marks: [] };
  const span = Math.round((Date.parse(last) - Date.parse(first)) / HOUR_MS) + 1;
  const stepHours = STEPS.find((step) => span / step <= mostColumns) ?? Math.ceil(span / mostColumns);
  const columns = Math.ceil(span / stepHours);
  const cells = await connection.rows<Cell>(
    `SELECT account_id AS account, aws_region AS region, source, CAST(floor(date_diff('hour', CAST($first AS TIMESTAMP), hour) / CAST($step AS INTEGER)) AS INTEGER) AS "column",
       CAST(sum(records) AS BIGINT) AS records
     FROM ${hours} WHERE hour IS NOT NULL GROUP BY ALL
     ORDER BY source, account NULLS LAST, region NULLS LAST, "column"`,
    { first: first.slice(0, -1), step: stepHours },
  );
  const marks = await connection.rows<Coverage['marks'][number]>(marksSql);
  return { from: first, stepHours, columns, lines: linesOf(cells, columns), marks };
}

function linesOf(cells: readonly Cell[], columns: number): Coverage['lines'] {
  const lines = new Map<string, Coverage['lines'][number]>();
  for (const { account, region, source, column, records } of cells) {
    const key = JSON.stringify([source, account, region]);
    const line = lines.get(key) ?? { account, region, source, counts: new Array<number>(columns).fill(0) };
    line.counts[column] = records;
    lines.set(key, line);
  }
  return [...lines.values()];
}
