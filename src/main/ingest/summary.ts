import type { Connection } from '../db/database';

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

const PLACES = `
  SELECT 'cloudtrail' AS source, ${distinct('recipient_account_id')} AS accounts, ${distinct('aws_region')} AS regions FROM events
  UNION ALL SELECT 'vpc-flow', ${distinct('account_id')}, ${distinct('aws_region')} FROM flows_all
  UNION ALL SELECT 'guardduty', ${distinct('account_id')}, ${distinct('aws_region')} FROM provider_findings`;

/** What the case holds, counted from its own tables. */
export async function summarise(connection: Connection): Promise<IngestSummary> {
  const sources = await connection.rows<IngestSummary['sources'][number]>(`
    WITH places AS (${PLACES})
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
