import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CaseFolder, Part } from '../case/case-folder';
import type { Connection } from '../db/database';
import { quotedString } from '../db/sql';
import { evidenceTables } from '../evidence/tables';
import { copyToParquet } from '../evidence/views';
import { sources } from '../sources';
import type { Source } from '../sources/source';
import type { Classified } from './classify';
import type { FoundFile } from './discover';

/** A file that was read, on its way into the case. */
export interface BatchFile {
  readonly fileId: number;
  readonly found: FoundFile;
  readonly sha256: string;
  readonly content: Classified;
}

interface Batch {
  readonly caseFolder: CaseFolder;
  readonly connection: Connection;
  readonly temporary: string;
  readonly files: readonly BatchFile[];
}

/** Writes the records, the file rows and the issue rows of some files as parts, and lists all of them at once. */
export async function writeBatch(batch: Batch): Promise<void> {
  const { connection } = batch;
  const parts: Part[] = [];
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE counted (file_id INTEGER, records BIGINT, unique_records BIGINT, first_time TIMESTAMP, last_time TIMESTAMP)',
  );
  await connection.run('CREATE OR REPLACE TEMP TABLE untimed (file_id INTEGER, record_no INTEGER)');
  for (const source of sources.values()) {
    const files = batch.files.filter((f) => f.content.source === source.id && f.content.records.length > 0);
    if (files.length > 0) parts.push(...(await writeSource(batch, source, files)));
  }
  parts.push(...(await writeAccounts(batch)));
  await batch.caseFolder.addParts(parts);
}

async function writeSource(batch: Batch, source: Source, files: readonly BatchFile[]): Promise<Part[]> {
  const { connection, temporary } = batch;
  const lines = join(temporary, `${source.id}.jsonl`);
  await writeLines(lines, files);
  await loadRaw(connection, lines, files);
  await rm(lines);
  const id = source.idColumn ?? 'NULL::VARCHAR';
  await connection.run(`CREATE OR REPLACE TEMP TABLE mapped AS ${source.mapSql}`);
  await connection.run(`INSERT INTO untimed SELECT file_id, record_no FROM mapped WHERE ${source.timeColumn} IS NULL`);
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE keyed AS
    SELECT m.*, hash(${quotedString(source.id)}, ${id}, content_hash) AS key
    FROM mapped m WHERE ${source.timeColumn} IS NOT NULL`);
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE fresh AS
    SELECT k.* EXCLUDE (key), (s.key IS NOT NULL OR row_number() OVER (PARTITION BY k.key ORDER BY file_id, record_no) > 1) AS duplicate
    FROM keyed k LEFT JOIN (SELECT DISTINCT key FROM seen SEMI JOIN keyed USING (key)) s USING (key)`);
  await connection.run('INSERT INTO seen SELECT DISTINCT key FROM keyed ANTI JOIN seen USING (key)');
  await connection.run(`
    INSERT INTO counted
    SELECT file_id, count(*), count(*) FILTER (NOT duplicate), min(${source.timeColumn}), max(${source.timeColumn}) FROM fresh GROUP BY file_id`);
  const columns = evidenceTables.find((t) => t.table === source.table)?.columns.map((c) => c.name) ?? [];
  const part = await writePart(batch, source.table, source.id, `SELECT ${columns.join(', ')} FROM fresh ORDER BY ${source.timeColumn}, file_id, record_no`);
  return part ? [part] : [];
}

async function writeLines(path: string, files: readonly BatchFile[]): Promise<void> {
  const handle = await open(path, 'w', 0o600);
  try {
    for (const { fileId, content } of files) {
      const flow = content.fields !== null;
      const text = content.records.map((r, i) => `{"f":${fileId},"n":${content.numbers[i] ?? 0},"r":${flow ? JSON.stringify(r) : r}}\n`);
      for (let i = 0; i < text.length; i += 5000) await handle.write(text.slice(i, i + 5000).join(''));
    }
  } finally {
    await handle.close();
  }
}

/** The table `raw` of the source's mapping. */
async function loadRaw(connection: Connection, lines: string, files: readonly BatchFile[]): Promise<void> {
  const read = `read_json(${quotedString(lines)}, columns = {'f': 'INTEGER', 'n': 'INTEGER', 'r': 'JSON'}, format = 'newline_delimited', records = true, maximum_object_size = 268435456)`;
  const [first] = files;
  if (first?.content.fields) {
    await connection.run('CREATE OR REPLACE TEMP TABLE flow_files (file_id INTEGER, region VARCHAR, names VARCHAR)');
    for (const file of files) {
      const region = /(?:^|\/)vpcflowlogs\/([a-z]{2}(?:-[a-z]+)+-\d)\//.exec(file.found.path)?.[1] ?? null;
      await connection.run('INSERT INTO flow_files VALUES ($id, $region, $names)', { id: file.fileId, region, names: (file.content.fields ?? []).join(' ') });
    }
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE raw AS SELECT f AS file_id, n AS record_no, region, string_split(names, ' ') AS names, r ->> '$' AS line FROM ${read} JOIN flow_files ON file_id = f`,
    );
    return;
  }
  await connection.run(`CREATE OR REPLACE TEMP TABLE raw AS SELECT f AS file_id, n AS record_no, r FROM ${read}`);
}

/** The rows of `files` and `issues` for a batch. */
async function writeAccounts(batch: Batch): Promise<Part[]> {
  const { connection } = batch;
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE looked (file_id INTEGER, path VARCHAR, name VARCHAR, bytes BIGINT, sha256 VARCHAR, modified TIMESTAMP, source VARCHAR, state VARCHAR, reason VARCHAR, bad BIGINT)',
  );
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE problems (file_id INTEGER, code VARCHAR, record_no INTEGER, byte_offset BIGINT, detail VARCHAR, sample VARCHAR)',
  );
  for (const { fileId, found, sha256, content } of batch.files) {
    const bad = new Set(content.problems.filter((p) => p.recordNo !== null).map((p) => p.recordNo)).size;
    await connection.run(
      'INSERT INTO looked VALUES ($id, $path, $name, $bytes, $sha256, make_timestamp(CAST($modified AS BIGINT)), $source, $state, $reason, $bad)',
      {
        id: fileId,
        path: found.path,
        name: found.name,
        bytes: found.bytes,
        sha256,
        modified: BigInt(Math.round(found.modifiedMs * 1000)),
        source: content.source,
        state: content.state,
        reason: content.reason,
        bad,
      },
    );
    for (const p of content.problems) {
      await connection.run('INSERT INTO problems VALUES ($id, $code, $n, $offset, $detail, $sample)', {
        id: fileId,
        code: p.code,
        n: p.recordNo,
        offset: p.offset,
        detail: p.detail,
        sample: p.sample,
      });
    }
  }
  await connection.run(
    "INSERT INTO problems SELECT file_id, 'record.noTime', record_no, NULL, 'the record has no readable time', '' FROM untimed",
  );
  const files = await writePart(
    batch,
    'files',
    'files',
    `SELECT l.file_id, path, name, bytes, sha256, modified, source,
       CASE WHEN state = 'imported' AND coalesce(c.records, 0) = 0 THEN 'issue' ELSE state END AS state, reason,
       coalesce(c.records, 0) + bad + coalesce(u.n, 0) AS records, coalesce(unique_records, 0) AS unique_records,
       coalesce(c.records, 0) - coalesce(unique_records, 0) AS duplicate_records, bad + coalesce(u.n, 0) AS issue_records, first_time, last_time
     FROM looked l LEFT JOIN counted c USING (file_id) LEFT JOIN (SELECT file_id, count(*) AS n FROM untimed GROUP BY file_id) u USING (file_id)
     ORDER BY l.file_id`,
  );
  const issues = await writePart(batch, 'issues', 'issues', 'FROM problems ORDER BY file_id, record_no, byte_offset');
  return [files, issues].flatMap((p) => p ?? []);
}

async function writePart({ caseFolder, connection }: Batch, table: string, folder: string, relation: string): Promise<Part | null> {
  const path = `evidence/${folder}/${randomUUID()}.parquet`;
  const target = join(caseFolder.path, path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await connection.run(copyToParquet(relation, `${target}.new`));
  const { rows } = await connection.row<{ rows: number }>(`SELECT count(*) AS rows FROM read_parquet(${quotedString(`${target}.new`)})`);
  if (rows === 0) {
    await rm(`${target}.new`);
    return null;
  }
  const handle = await open(`${target}.new`, 'r+');
  await handle.sync();
  await handle.close();
  await rename(`${target}.new`, target);
  return { table, path, rows, bytes: (await stat(target)).size, sha256: await hashFile(target) };
}

/** SHA-256 of a file, hex, read in pieces. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
