import { recordTables, type RecordTable } from './record-tables';

const ACCOUNT: Readonly<Record<string, string>> = { events: 'recipient_account_id' };

/** Records per account, Region, source and day; NULL where a source does not tell its account or Region. */
export const coverageSql = `${recordTables.map(perDay).join('\nUNION ALL\n')}
ORDER BY account_id NULLS LAST, aws_region NULLS LAST, source, day`;

/** SELECT of (file_id, account, region) of everything. */
export const placesSql = recordTables
  .map(
    (table) =>
      `SELECT file_id, ${account(table)} AS account, ${region(table)} AS region FROM ${table.table} GROUP BY ALL`,
  )
  .join('\n  UNION ALL ');

function perDay(table: RecordTable): string {
  const time =
    table.table === 'provider_findings' ? 'coalesce(last_seen, updated_at, created_at)' : table.time;
  return `SELECT ${account(table)} AS account_id, ${region(table)} AS aws_region, ${table.source} AS source, date_trunc('day', ${time}) AS day, count(*) AS records
FROM ${table.table} GROUP BY ALL`;
}

function account({ table, fields }: RecordTable): string {
  return ACCOUNT[table] ?? (fields.account_id === null ? 'CAST(NULL AS VARCHAR)' : 'account_id');
}

function region({ fields }: RecordTable): string {
  return fields.aws_region === null ? 'CAST(NULL AS VARCHAR)' : 'aws_region';
}
