import type { Cell } from '../db/rows';
import type { Columns, Connection } from '../db/database';
import { checkChain, type Checked, type Digest } from './chain';
import logsSql from './logs.sql?raw';
import { keyOfValue, type PublicKey } from './public-keys';

const DIGESTS = `
  SELECT d.file_id AS "fileId", d.record_no AS "recordNo", d.account_id AS account, d.aws_region AS region, d.trail,
    coalesce(d.digest_s3_bucket, '') AS bucket, coalesce(d.digest_s3_object, '') AS object, d.digest_start_time AS start, d.digest_end_time AS "end",
    coalesce(d.digest_public_key_fingerprint, '') AS fingerprint, coalesce(d.digest_signature_algorithm, '') AS algorithm,
    d.previous_digest_s3_bucket AS "previousBucket", d.previous_digest_s3_object AS "previousObject",
    d.previous_digest_hash_value AS "previousHash", d.previous_digest_signature AS "previousSignature",
    coalesce(f.content_sha256, f.sha256) AS "contentHash", f.sha256 AS "storedHash"
  FROM cloudtrail_digests d JOIN files f USING (file_id)`;

const COLUMNS: Readonly<Record<string, readonly [type: string, value: (row: Checked) => Cell]>> = {
  kind: ['VARCHAR', (row) => row.kind],
  state: ['VARCHAR', (row) => row.state],
  account_id: ['VARCHAR', (row) => row.digest.account],
  aws_region: ['VARCHAR', (row) => row.digest.region],
  trail: ['VARCHAR', (row) => row.digest.trail],
  bucket: ['VARCHAR', (row) => row.bucket],
  object_key: ['VARCHAR', (row) => row.object],
  first_time: ['TIMESTAMP', (row) => row.first],
  last_time: ['TIMESTAMP', (row) => row.last],
  file_id: ['INTEGER', (row) => (isHere(row) ? row.digest.fileId : null)],
  record_no: ['INTEGER', (row) => (isHere(row) ? row.digest.recordNo : null)],
  digest_file_id: ['INTEGER', (row) => (isHere(row) ? null : row.digest.fileId)],
  expected_sha256: [
    'VARCHAR',
    (row) => (row.state === 'missing' && row.object !== null ? row.digest.previousHash : null),
  ],
  found_sha256: ['VARCHAR', (row) => (isHere(row) ? row.digest.contentHash : null)],
  key_fingerprint: ['VARCHAR', (row) => (isHere(row) ? row.digest.fingerprint : null)],
  detail: ['VARCHAR', (row) => row.detail],
};

function isHere(row: Checked): boolean {
  return row.state !== 'missing';
}

/**
 * Checks the digest files of a case, and its log files by them, into the temporary table `digest_results` with the
 * columns of digest_checks. `given` keys come from the examiner and replace those that the bundle brought along.
 */
export async function checkDigests(
  connection: Connection,
  given: readonly PublicKey[] | null,
): Promise<void> {
  const digests = await connection.rows<Digest>(DIGESTS);
  const rows = checkChain(digests, given ?? (await keysOfBundle(connection)));
  await connection.run('DROP TABLE IF EXISTS checked_rows; DROP TABLE IF EXISTS checked_digests');
  await connection.fill('checked_rows', columnsOf(rows));
  await connection.run(
    'CREATE TABLE checked_digests AS SELECT file_id, record_no, state FROM checked_rows WHERE file_id IS NOT NULL',
  );
  await connection.run(logsSql);
  await connection.run('DROP TABLE checked_rows; DROP TABLE checked_digests');
}

/** Keys whose fingerprint is theirs: another one would be a mistake or a trick. */
async function keysOfBundle(connection: Connection): Promise<readonly PublicKey[]> {
  const rows = await connection.rows<{ fingerprint: string; value: string }>(
    'SELECT DISTINCT fingerprint, value FROM cloudtrail_public_keys WHERE fingerprint IS NOT NULL AND value IS NOT NULL',
  );
  return rows.flatMap(({ fingerprint, value }) => {
    const key = keyOfValue(value);
    return key?.fingerprint === fingerprint.toLowerCase() ? [key] : [];
  });
}

function columnsOf(rows: readonly Checked[]): Columns {
  const columns = Object.entries(COLUMNS);
  return {
    names: columns.map(([name]) => name),
    types: columns.map(([, [type]]) => type),
    columns: columns.map(([, [, value]]) => rows.map(value)),
    rowCount: rows.length,
  };
}
