import type { Connection } from '../db/database';
import { evidenceTables } from '../evidence/tables';
import { visibleRows } from '../evidence/views';

/** The evidence half of `coldtrail open --json` (docs/cli.md). */
export interface IngestSummary {
  readonly sources: readonly {
    readonly source: string;
    readonly files: number;
    readonly records: number;
    readonly unique: number;
    readonly duplicates: number;
    readonly first: string | null;
    readonly last: string | null;
    readonly accounts: readonly string[];
    readonly regions: readonly string[];
  }[];
  readonly files: {
    readonly imported: number;
    readonly context: number;
    readonly notEvidence: number;
    readonly issue: number;
  };
  readonly issues: readonly {
    readonly file: string;
    readonly code: string;
    readonly recordNo: number | null;
    readonly offset: number | null;
    readonly detail: string;
  }[];
}

function distinct(column: string): string {
  return `coalesce(list_sort(list(DISTINCT ${column}) FILTER (${column} IS NOT NULL)), [])`;
}

/** The columns of each evidence table that say whose records they are. */
const ACCOUNT_COLUMNS: readonly string[] = ['recipient_account_id', 'account_id'];

/** Accounts and Regions that the records of each source name. */
function placesSql(): string {
  const selects = evidenceTables.flatMap((doc) => {
    if (visibleRows(doc) === null) return [];
    const has = (name: string) => doc.columns.some((c) => c.name === name);
    const account = ACCOUNT_COLUMNS.find(has) ?? 'NULL::VARCHAR';
    const region = has('aws_region') ? 'aws_region' : 'NULL::VARCHAR';
    return `SELECT file_id, ${account} AS account, ${region} AS region FROM ${doc.table}_all GROUP BY ALL`;
  });
  return `SELECT source, ${distinct('account')} AS accounts, ${distinct('region')} AS regions
    FROM (${selects.join(' UNION ALL ')}) JOIN files USING (file_id) GROUP BY source`;
}

/** What the case holds, counted from its own tables. */
export async function summarise(connection: Connection): Promise<IngestSummary> {
  const sources = await connection.rows<IngestSummary['sources'][number]>(`
    WITH places AS (${placesSql()})
    SELECT f.source, count(*) AS files, sum(records) AS records, sum(unique_records) AS "unique", sum(duplicate_records) AS duplicates,
      min(first_time) AS first, max(last_time) AS last, coalesce(any_value(accounts), []) AS accounts, coalesce(any_value(regions), []) AS regions
    FROM files f LEFT JOIN places USING (source) WHERE f.source IS NOT NULL GROUP BY f.source ORDER BY f.source`);
  const states = await connection.rows<{ state: string; n: number }>(
    'SELECT state, count(*) AS n FROM files GROUP BY state',
  );
  const of = (state: string) => states.find((s) => s.state === state)?.n ?? 0;
  const issues = await connection.rows<IngestSummary['issues'][number]>(
    'SELECT path AS file, code, record_no AS "recordNo", byte_offset AS "offset", detail FROM issues JOIN files USING (file_id) ORDER BY file_id, record_no, byte_offset',
  );
  return {
    sources,
    files: {
      imported: of('imported'),
      context: of('context'),
      notEvidence: of('not-evidence'),
      issue: of('issue'),
    },
    issues,
  };
}
