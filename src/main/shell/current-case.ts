import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseInfo } from '../../shared/contract/case';
import { AppError } from '../../shared/errors/app-error';
import { ACTION_LOG, CaseFolder } from '../case/case-folder';
import type { Lock } from '../case/lock';
import { CaseDatabase } from '../queries/case-database';
import type { QueryContext } from '../queries/handlers';

interface Opened {
  readonly folder: CaseFolder;
  readonly database: CaseDatabase;
  /** Null where the case is only read here. */
  readonly lock: Lock | null;
  readonly lockedBy: AppError | null;
}

/** Why a case is opened for reading only: another process writes it, or it lies where nobody can. */
const READ_ONLY: ReadonlySet<string> = new Set(['case.locked', 'case.unwritable']);

/** The case this window shows, or none. It holds the write lock, under which the worker imports and analyses. */
export class CurrentCase {
  #opened: Opened | null = null;
  #stamp = '';

  get path(): string | null {
    return this.#opened?.folder.path ?? null;
  }

  /** Another one whenever another case is open, or this one holds other evidence or another analysis. */
  get state(): string {
    return `${this.path ?? ''}|${this.#stamp}`;
  }

  /** Opens a case in place of the present one. Errors: `path.missing`, `case.notACase`, `case.newer`. */
  async open(path: string): Promise<CaseInfo> {
    await stat(path).catch(() => {
      throw new AppError('path.missing', { path });
    });
    return this.#enter(await CaseFolder.open(path));
  }

  /** Makes a new case and opens it. Errors: `case.exists`. */
  async create(path: string, name: string): Promise<CaseInfo> {
    return this.#enter(await CaseFolder.create(path, name));
  }

  async close(): Promise<void> {
    const before = this.#opened;
    this.#opened = null;
    before?.database.close();
    await before?.lock?.release();
  }

  /** Errors: `case.none`. */
  async ask<T>(question: (context: QueryContext) => Promise<T>): Promise<T> {
    return this.#needed().database.ask(question);
  }

  /**
   * Runs a change of what the analysts wrote, which is only ever added to and needs no write lock. Errors: `case.none`,
   * `case.unwritable`.
   */
  async annotate<T>(change: (context: QueryContext) => Promise<T>): Promise<T> {
    const { folder, database, lockedBy } = this.#needed();
    if (lockedBy?.code === 'case.unwritable') throw lockedBy;
    const log = join(folder.path, ACTION_LOG);
    const hadLog = await stat(log).catch(() => null);
    const result = await database.ask(change);
    // The first line makes the file that the snapshot's view reads.
    if (hadLog === null) await database.refresh();
    return result;
  }

  /** The folder, if this process may write it. Errors: `case.none`, `case.locked`. */
  writableFolder(): CaseFolder {
    const { folder, lock, lockedBy } = this.#needed();
    if (lock === null) throw lockedBy ?? new AppError('case.locked', { path: folder.path, pid: 0 });
    return folder;
  }

  /** Looks again at what the case holds. True when it holds other evidence or another analysis than before. */
  async refresh(): Promise<boolean> {
    const opened = this.#opened;
    if (opened === null) return false;
    const stamp = await stampOf(opened.folder);
    if (stamp === this.#stamp) return false;
    await opened.database.refresh();
    this.#stamp = stamp;
    return true;
  }

  async info(): Promise<CaseInfo | null> {
    const opened = this.#opened;
    if (opened === null) return null;
    const { folder, database, lock } = opened;
    const { first, last } = await database.ask(({ connection }) =>
      connection.row<{ first: string | null; last: string | null }>(
        "SELECT min(first_time) AS first, max(last_time) AS last FROM files WHERE source <> 'cloudtrail-public-key'",
      ),
    );
    const { id, name, createdAt } = folder.info;
    const empty = (await folder.currentRun()) === null;
    return { path: folder.path, id, name, createdAt, first, last, writable: lock !== null, empty };
  }

  async #enter(folder: CaseFolder): Promise<CaseInfo> {
    await this.close();
    let lock: Lock | null = null;
    let lockedBy: AppError | null = null;
    try {
      lock = await folder.lock();
    } catch (error) {
      if (!(error instanceof AppError) || !READ_ONLY.has(error.code)) throw error;
      lockedBy = error;
    }
    this.#stamp = await stampOf(folder);
    try {
      this.#opened = { folder, database: await CaseDatabase.open(folder), lock, lockedBy };
    } catch (error) {
      await lock?.release();
      throw error;
    }
    return (await this.info()) as CaseInfo;
  }

  #needed(): Opened {
    if (this.#opened === null) throw new AppError('case.none');
    return this.#opened;
  }
}

/** Changes whenever a part is listed or another analysis run becomes current. */
async function stampOf(folder: CaseFolder): Promise<string> {
  const manifest = await stat(join(folder.path, 'manifest.json')).catch(() => null);
  return `${manifest?.mtimeMs ?? 0}|${manifest?.ino ?? 0}|${(await folder.currentRun()) ?? ''}`;
}
