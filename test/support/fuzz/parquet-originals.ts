import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../../src/main/db/database';
import { quotedString } from '../../../src/main/db/sql';

/** What writers of Parquet choose: codec, rows of a group, dictionaries, version of the encodings. */
const WRITERS = [
  'CODEC uncompressed',
  'CODEC snappy, ROW_GROUP_SIZE 2048',
  'CODEC gzip',
  'CODEC zstd, PARQUET_VERSION v2',
  'CODEC lz4_raw, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 1',
];

const CALLS = `SELECT {'version': '1.1.0', 'product': {'name': 'CloudTrail', 'vendor_name': 'AWS', 'feature': {'name': 'Management'}}, 'uid': 'e' || i, 'profiles': ['cloud']} AS metadata,
    1714730400000 + i * 1000 AS time, 6003 AS class_uid, 'API Activity' AS class_name, 1 AS activity_id, 'Success' AS status,
    {'region': 'eu-central-1', 'provider': 'AWS', 'account': {'uid': '111122223333'}} AS cloud,
    {'operation': 'GetObject', 'service': {'name': 's3.amazonaws.com'}, 'request': {'uid': 'r' || i}} AS api,
    {'user': {'type': 'IAMUser', 'uid': 'AIDAEXAMPLE', 'name': 'alice', 'credential_uid': 'AKIAIOSFODNN7EXAMPLE'}} AS actor,
    {'ip': '203.0.113.' || (i % 250), 'port': NULL::INTEGER} AS src_endpoint, map {'a': 'b'} AS unmapped, [{'name': 'b', 'type': 'AWS::S3::Object'}] AS resources
  FROM range(40) t(i)`;
const FLOWS = `SELECT 2 AS version, '111122223333' AS account_id, 'eni-0a' AS interface_id, '203.0.113.' || (i % 250) AS srcaddr, '10.0.0.4' AS dstaddr,
    CAST(40000 + i AS INTEGER) AS srcport, 443 AS dstport, 6 AS protocol, 10 + i AS packets, 840::BIGINT * i AS bytes, 1714730400 + i AS "start", 1714730460 + i AS "end",
    'ACCEPT' AS action, 'OK' AS log_status FROM range(3000) t(i)`;

/** The golden Parquet files below a folder, and calls (OCSF) and flows as other writers would have written them. */
export async function parquetOriginals(golden: string): Promise<Buffer[]> {
  const entries = await readdir(golden, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((e) => e.isFile() && e.name.endsWith('.parquet'))
    .map((e) => join(e.parentPath, e.name));
  const originals = await Promise.all(paths.sort().map((path) => readFile(path)));
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-parquet-'));
  const database = await Database.open({ threads: 1, tempDirectory: folder });
  try {
    for (const rows of [CALLS, FLOWS]) {
      for (const writer of WRITERS) {
        const path = join(folder, 'written');
        await database.main.run(`COPY (${rows}) TO ${quotedString(path)} (FORMAT parquet, ${writer})`);
        originals.push(await readFile(path));
      }
    }
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
  return originals;
}
