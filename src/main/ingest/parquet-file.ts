import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Database, type Connection } from '../db/database';
import { quotedIdentifier, quotedString } from '../db/sql';
import { flowHeader } from '../evidence/originals/flow-fields';
import { flow } from '../evidence/originals/line-format';
import { parquetRows } from '../evidence/originals/parquet';
import { sources } from '../sources';
import type { FileContent } from './file-content';
import { readJson } from './json-file';
import type { PathOrigin } from './path-origin';

interface ParquetOrigin extends PathOrigin {
  readonly fileId: number;
}

const MEMORY_LIMIT_MB = 512;
const CHUNK_BYTES = 4 * 1024 ** 2;
const TIMES: ReadonlySet<string> = new Set(['start', 'end']);
/** Lines as they are: nothing in them is a delimiter or a quote. */
const AS_LINES = `(FORMAT csv, HEADER false, DELIMITER e'\\x01', QUOTE e'\\x02', ESCAPE e'\\x02')`;

/**
 * Takes the records out of Parquet files, on an engine of its own: flow records by their columns, any other row as a JSON
 * object, which its shape then sends to its source. Close it after use.
 */
export class ParquetReader {
  private database: Database | null = null;
  private files = 0;

  constructor(private readonly temporary: string) {}

  /** Fails with the engine's words when the file is damaged. */
  async read(stored: Buffer, origin: ParquetOrigin): Promise<FileContent> {
    this.files += 1;
    const path = join(this.temporary, `parquet-${this.files}`);
    const lines = `${path}-lines`;
    try {
      writeFileSync(path, stored, { mode: 0o600 });
      return await this.readFrom(path, lines, origin);
    } catch (error) {
      // What was written of it before the damage; lines of a whole file go when they have been read.
      await rm(lines, { force: true });
      throw error;
    } finally {
      await rm(path, { force: true });
    }
  }

  /** The rows as JSON objects, a line each. Fails with the engine's words when the file is damaged. */
  async rows(stored: Buffer): Promise<Buffer> {
    this.files += 1;
    const path = join(this.temporary, `parquet-${this.files}`);
    const lines = `${path}-lines`;
    try {
      writeFileSync(path, stored, { mode: 0o600 });
      const connection = await this.connection();
      const columns = await connection.rows<{ column_name: string }>(
        `DESCRIBE SELECT * EXCLUDE (file_row_number) FROM ${parquetRows(path)}`,
      );
      await this.writeRows(
        path,
        lines,
        columns.map((c) => c.column_name),
      );
      return readFileSync(lines);
    } finally {
      await rm(path, { force: true });
      await rm(lines, { force: true });
    }
  }

  close(): void {
    this.database?.close();
  }

  private async readFrom(path: string, lines: string, origin: ParquetOrigin): Promise<FileContent> {
    const connection = await this.connection();
    const columns = await connection.rows<{ column_name: string; column_type: string }>(
      `DESCRIBE SELECT * EXCLUDE (file_row_number) FROM ${parquetRows(path)}`,
    );
    const names = columns.map((c) => c.column_name);
    const fields = flowHeader(names);
    if (fields) return flows(connection, { path, lines, ...origin }, fields, columns);
    await this.writeRows(path, lines, names);
    const content = readJson(readFileSync(lines), origin.fileId, null);
    await rm(lines, { force: true });
    return content;
  }

  /** Each row as a JSON object on a line of its own. */
  private async writeRows(path: string, lines: string, names: readonly string[]): Promise<void> {
    const connection = await this.connection();
    const members = names.map((name) => `${quotedIdentifier(name)} := ${quotedIdentifier(name)}`);
    await connection.run(
      `COPY (SELECT CAST(to_json(struct_pack(${members.join(', ')})) AS VARCHAR) AS line FROM ${parquetRows(path)} ORDER BY file_row_number)
       TO ${quotedString(lines)} ${AS_LINES}`,
    );
  }

  private async connection(): Promise<Connection> {
    this.database ??= await Database.open({
      threads: 1,
      memoryLimitMb: MEMORY_LIMIT_MB,
      tempDirectory: this.temporary,
    });
    return this.database.main;
  }
}

async function flows(
  connection: Connection,
  { path, lines, fileId, account, region }: ParquetOrigin & { readonly path: string; readonly lines: string },
  fields: readonly string[],
  columns: readonly { readonly column_name: string; readonly column_type: string }[],
): Promise<FileContent> {
  const format = flow(fields);
  const source = sources.get(format.source);
  if (!source) return { loads: [], problems: [], verdict: null, note: '' };
  const cells = columns.map(({ column_name, column_type }, i) => {
    const name = quotedIdentifier(column_name);
    const isTime = TIMES.has(fields[i] ?? '') && column_type.startsWith('TIMESTAMP');
    const text = isTime ? `CAST(epoch(${name}) AS BIGINT)` : name;
    return `coalesce(nullif(regexp_replace(CAST(${text} AS VARCHAR), '[\\x00-\\x1f]', ' ', 'g'), ''), '-')`;
  });
  const prefix = [
    `'${fileId}'`,
    quotedString(account ?? '-'),
    quotedString(region ?? '-'),
    `CAST(file_row_number + 1 AS VARCHAR)`,
  ];
  await connection.run(
    `COPY (SELECT concat_ws(chr(9), ${[...prefix, ...cells].join(', ')}) AS line FROM ${parquetRows(path)} ORDER BY file_row_number)
     TO ${quotedString(lines)} ${AS_LINES}`,
  );
  const { records } = await connection.row<{ records: number }>(
    `SELECT count(*) AS records FROM ${parquetRows(path)}`,
  );
  return {
    loads: [{ source, fields, chunks: chunksOf(lines), records, longestLine: 0 }],
    problems: [],
    verdict: records === 0 ? { state: 'not-evidence', what: 'flow log without records' } : null,
    note: '',
  };
}

/** The bytes of a temporary file in pieces; it goes when they have been read. */
function* chunksOf(path: string): Generator<Uint8Array> {
  const handle = openSync(path, 'r');
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const read = readSync(handle, chunk);
      if (read === 0) return;
      yield chunk.subarray(0, read);
    }
  } finally {
    closeSync(handle);
    void rm(path, { force: true });
  }
}
