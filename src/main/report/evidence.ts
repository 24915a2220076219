import type { Connection } from '../db/database';
import { summariseDigests, type DigestSummary } from '../integrity/summary';
import blindSql from './blind.sql?raw';
import coverageSql from './coverage.sql?raw';
import gapsSql from './gaps.sql?raw';
import type { ReportEvidence } from './model';
import sourcesSql from './sources.sql?raw';

/** What the case rests on: sources, every imported file with its hash, what could not be read, coverage and gaps. */
export async function loadEvidence(connection: Connection): Promise<ReportEvidence> {
  return {
    sources: await connection.rows(sourcesSql),
    states: await connection.rows(
      'SELECT state, count(*) AS files FROM files GROUP BY state ORDER BY files DESC, state',
    ),
    files: await connection.rows(
      "SELECT name AS path, bytes, sha256, records, source FROM files WHERE state = 'imported' ORDER BY source, first_time, name",
    ),
    issues: await connection.rows(
      'SELECT f.name AS file, i.code, i.record_no AS recordNo, i.byte_offset AS "offset", i.detail FROM issues i JOIN files f USING (file_id) ORDER BY f.name, i.record_no, i.byte_offset LIMIT 500',
    ),
    gaps: await connection.rows(gapsSql),
    digests: await digests(connection),
    coverage: await connection.rows(coverageSql),
    blind: await connection.rows(blindSql),
  };
}

/** The report names what is not valid up to this many; the case holds all. */
const MAX_DIGEST_ROWS = 500;

async function digests(connection: Connection): Promise<DigestSummary> {
  const all = await summariseDigests(connection, 'digest_checks');
  return { ...all, notValid: all.notValid.slice(0, MAX_DIGEST_ROWS) };
}
