import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UNFINISHED, syncFolder, type CaseFolder, type Part } from '../case/case-folder';
import type { Connection } from '../db/database';
import { quotedString } from '../db/sql';

// A dictionary of nearly distinct texts costs a third of the encoding and saves nothing: keep them small.
const PARQUET =
  'FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 20480, DICTIONARY_SIZE_LIMIT 2000';

/** Writes evidence parts: beside, synced, renamed; the caller lists them in the manifest when a batch is complete. */
export class PartWriter {
  constructor(
    private readonly caseFolder: CaseFolder,
    readonly connection: Connection,
    readonly signal: AbortSignal | undefined,
  ) {}

  /** Writes a relation to a file that does not count yet and gives its path. */
  async draft(folder: string, relation: string): Promise<string> {
    const path = join(this.caseFolder.path, 'evidence', folder, `${randomUUID()}.parquet${UNFINISHED}`);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      await this.connection.run(
        `COPY (${relation}) TO ${quotedString(path)} (${PARQUET})`,
        undefined,
        this.options(),
      );
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return path;
  }

  /** Makes a draft a part; null (and no file) when it holds no rows. */
  async finish(
    table: string,
    draft: string,
    span?: { readonly first: number | null; readonly last: number | null },
  ): Promise<Part | null> {
    const { rows } = await this.connection.row<{ rows: number }>(
      `SELECT count(*) AS rows FROM read_parquet(${quotedString(draft)})`,
    );
    if (rows === 0) {
      await rm(draft);
      return null;
    }
    const handle = await open(draft, 'r+');
    await handle.sync();
    await handle.close();
    const target = draft.slice(0, -UNFINISHED.length);
    await rename(draft, target);
    await syncFolder(dirname(target));
    const path = target.slice(this.caseFolder.path.length + 1);
    const part = { table, path, rows, bytes: (await stat(target)).size, sha256: await hashFile(target) };
    return span && span.first !== null && span.last !== null
      ? { ...part, first: span.first, last: span.last }
      : part;
  }

  options(): { signal?: AbortSignal } {
    return this.signal ? { signal: this.signal } : {};
  }
}

/** SHA-256 of a file, hex, read in pieces. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, {
    highWaterMark: 1024 ** 2,
    ...(signal ? { signal } : {}),
  }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}
