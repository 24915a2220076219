import type { Connection } from '../db/database';

type Counts = Readonly<Record<string, number>>;

/** What the digest files of a case prove. */
export interface DigestSummary {
  /** False when a digest or a log file is not what CloudTrail delivered. */
  readonly ok: boolean;
  /** Digest files by state. */
  readonly digests: Counts;
  /** Log files by state. */
  readonly logs: Counts;
  /** Everything but what is valid, what was changed first; the path is that of the original, null when it is not here. */
  readonly notValid: readonly {
    readonly kind: string;
    readonly state: string;
    readonly object: string | null;
    readonly path: string | null;
    readonly first: string | null;
    readonly last: string | null;
    readonly detail: string;
  }[];
}

/** Counts and exceptions of a table with the columns of digest_checks. */
export async function summariseDigests(connection: Connection, table: string): Promise<DigestSummary> {
  const rows = await connection.rows<{ kind: string; state: string; n: number }>(
    `SELECT kind, state, count(*) AS n FROM ${table} GROUP BY kind, state ORDER BY kind, state`,
  );
  const counts = (kind: string) =>
    Object.fromEntries(rows.filter((row) => row.kind === kind).map((row) => [row.state, row.n]));
  const notValid = await connection.rows<DigestSummary['notValid'][number]>(
    `SELECT c.kind, c.state, c.object_key AS object, f.path, c.first_time AS first, c.last_time AS last, c.detail
     FROM ${table} c LEFT JOIN files f USING (file_id) WHERE c.state <> 'valid' ORDER BY list_position(['changed', 'unlisted', 'missing', 'no-key', 'unsigned'], c.state), c.first_time, c.kind, c.object_key, f.path`,
  );
  return {
    ok: rows.every((row) => row.state !== 'changed'),
    digests: counts('digest'),
    logs: counts('log'),
    notValid,
  };
}
