import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import { takeLock, type Lock } from './lock';
import { assertPlain, isPlainFile } from './plain-folder';

/**
 * Grows with every change of the evidence tables or of these files (src/main/migration):
 * 1: no spans in the manifest, fewer tables and columns; 2: without descriptions
 * and files mapped by hand; 3: the tables of 0.1.0.
 */
export const SCHEMA_VERSION = 4;
/** Who did what in the case; only ever added to (src/main/custody). */
export const ACTION_LOG = 'actions.jsonl';
/** The analyst's own rules and choices (detections/packs). */
export const RULES = 'rules.json';
/** The analyst's own source maps (ingest/source-maps). */
export const SOURCE_MAPS = 'source-maps.json';
/** Ends the name of a file that is not whole yet. */
export const UNFINISHED = '.new';
/** What a creation that was killed can leave. */
const HALF_MADE = /^(?:manifest\.json|(?:manifest|case)\.json\.\d+\.new)$/;

/** Where parts are: below `evidence/`. */
const OWN_PART = /^evidence\/[\w.-]+(?:\/[\w.=-]+)*\.parquet$/;

interface CaseJson {
  readonly name: string;
  readonly id: string;
  readonly createdAt: string;
  readonly schemaVersion: number;
  readonly timeZone: string;
}

/** One Parquet file that counts: listed only when it is whole on the disk. */
export interface Part {
  readonly table: string;
  /** Path below the case. */
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  /** Seconds since the epoch of its earliest and latest record; absent for tables without a time. */
  readonly first?: number;
  readonly last?: number;
}

interface Manifest {
  readonly parts: readonly Part[];
}

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T;
}

/** Writes beside, syncs, renames: a reader sees the old file or the new one, never half of one. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}${UNFINISHED}`;
  try {
    await writeSynced(beside, text);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

async function writeSynced(path: string, text: string): Promise<void> {
  const handle = await open(path, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the names in a folder last through a loss of power; file systems that cannot are left as they are. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** A case on disk: what it is called, which evidence parts count, which analysis run is current. */
export class CaseFolder {
  private constructor(
    readonly path: string,
    readonly info: CaseJson,
  ) {}

  /** Makes a new case in an absent or empty folder, or in one where that was broken off. Errors: `case.exists`. */
  static async create(path: string, name: string): Promise<CaseFolder> {
    await mkdir(path, { recursive: true, mode: 0o700 });
    if ((await readdir(path)).some((name) => !HALF_MADE.test(name)))
      throw new AppError('case.exists', { path });
    const info: CaseJson = {
      name,
      id: randomUUID(),
      createdAt: new Date().toISOString(),
      schemaVersion: SCHEMA_VERSION,
      timeZone: 'UTC',
    };
    await replaceFile(join(path, 'manifest.json'), JSON.stringify({ parts: [] }));
    await replaceFile(join(path, 'case.json'), `${JSON.stringify(info, null, 1)}\n`);
    return new CaseFolder(path, info);
  }

  /** Errors: `case.notACase`, `case.newer`, `case.strange`, `case.older` for one that is to be migrated first. */
  static async open(path: string): Promise<CaseFolder> {
    const caseFolder = await CaseFolder.openAny(path);
    const { schemaVersion: found } = caseFolder.info;
    if (found < SCHEMA_VERSION) throw new AppError('case.older', { path, found, supported: SCHEMA_VERSION });
    return caseFolder;
  }

  /** Opens an older case, too, which only a migration may do. Errors: `case.notACase`, `case.newer`, `case.strange`. */
  static async openAny(path: string): Promise<CaseFolder> {
    if (!(await isPlainFile(join(path, 'case.json'))))
      throw new AppError('case.notACase', { path, detail: 'it holds no file case.json' });
    let info: CaseJson;
    try {
      info = await readJson<CaseJson>(join(path, 'case.json'));
    } catch (error) {
      throw new AppError('case.notACase', {
        path,
        detail: error instanceof Error ? error.message : String(error),
      });
    }
    if (typeof info.id !== 'string' || typeof info.schemaVersion !== 'number') {
      throw new AppError('case.notACase', { path, detail: 'case.json lacks its fields' });
    }
    if (info.schemaVersion > SCHEMA_VERSION) {
      throw new AppError('case.newer', { path, found: info.schemaVersion, supported: SCHEMA_VERSION });
    }
    await assertPlain(path);
    return new CaseFolder(path, info);
  }

  /** Takes the write lock; one that a dead process left is taken over. Errors: `case.locked`, `case.unwritable`. */
  lock(): Promise<Lock> {
    return takeLock(this.path);
  }

  /** Errors: `case.notACase` when it cannot be read, or names a file that is no evidence part of this case. */
  async manifest(): Promise<Manifest> {
    try {
      const manifest = await readJson<Manifest>(join(this.path, 'manifest.json'));
      // A case may come from somebody else: what its list names must lie in it.
      const stray = manifest.parts.find((part) => !OWN_PART.test(part.path) || part.path.includes('..'));
      if (stray)
        throw new Error(`manifest.json lists ${JSON.stringify(stray.path)}, which is no part of a case`);
      return manifest;
    } catch (error) {
      throw new AppError('case.notACase', {
        path: this.path,
        detail: error instanceof Error ? error.message : String(error),
      });
    }
  }

  /** Lists parts that are whole on the disk. */
  async addParts(parts: readonly Part[]): Promise<void> {
    const manifest = await this.manifest();
    await this.replaceParts([...manifest.parts, ...parts]);
  }

  /** Lists these parts and no others. */
  replaceParts(parts: readonly Part[]): Promise<void> {
    return replaceFile(join(this.path, 'manifest.json'), JSON.stringify({ parts }, null, 1));
  }

  /** Says that the case is of this version's schema now: the last act of a migration. */
  async setPresentSchema(): Promise<void> {
    const info: CaseJson = { ...this.info, schemaVersion: SCHEMA_VERSION };
    await replaceFile(join(this.path, 'case.json'), `${JSON.stringify(info, null, 1)}\n`);
  }

  /** Takes the analysis away, which can be made again from the evidence. */
  async forgetAnalysis(): Promise<void> {
    await rm(join(this.path, 'analysis'), { recursive: true, force: true });
  }

  /** The folder of the current analysis run, or null before the first. */
  async currentRun(): Promise<string | null> {
    try {
      const { run } = await readJson<{ run: string }>(join(this.path, 'analysis', 'current.json'));
      if (!/^[\w-]+$/.test(run)) return null;
      const path = join(this.path, 'analysis', run);
      return (await stat(path)).isDirectory() ? path : null;
    } catch {
      return null;
    }
  }

  /** A fresh folder for a run that is not current yet. */
  async startRun(): Promise<{ readonly id: string; readonly path: string }> {
    const id = `run-${randomUUID()}`;
    const path = join(this.path, 'analysis', id);
    await mkdir(path, { recursive: true, mode: 0o700 });
    return { id, path };
  }

  /** Makes a run the current one and removes the older ones. */
  async finishRun(run: { readonly id: string }): Promise<void> {
    const folder = join(this.path, 'analysis');
    await replaceFile(join(folder, 'current.json'), JSON.stringify({ run: run.id }));
    for (const entry of await readdir(folder)) {
      if (entry.startsWith('run-') && entry !== run.id)
        await rm(join(folder, entry), { recursive: true, force: true });
    }
  }
}
