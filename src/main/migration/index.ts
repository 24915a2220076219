import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CaseFolder, SCHEMA_VERSION, type Part } from '../case/case-folder';
import { machineFailure } from '../case/machine-failure';
import { logAction } from '../custody/action-log';
import { Database } from '../db/database';
import { removeUnfinished } from '../ingest/unfinished';
import { PartWriter } from '../ingest/writer';
import { backUp } from './backup';
import { rewritePart } from './rewrite-part';

export interface Migrated {
  readonly from: number;
  readonly to: number;
  /** The case as it was. */
  readonly backup: string;
  readonly parts: number;
  /** How many of them were written anew. */
  readonly rewritten: number;
}

interface MigrateOptions {
  readonly signal?: AbortSignal;
  /** Called with the share of the parts that are done, 0..1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Brings an older case to this version's schema, or gives null for one that is of it. First the case is kept as it is
 * (backup.ts), then parts are written anew beside the old ones, then listed, then the analysis goes (it is made again from
 * the evidence), and last the case says its new version. Broken off at any moment the case is still of its old version,
 * the backup is whole or not there, and a second try goes on.
 * Errors: `case.notACase`, `case.newer`, `case.locked`, `case.unwritable`, `disk.full`, `disk.failing`,
 * `job.cancelled`.
 */
export async function migrateCase(path: string, options: MigrateOptions = {}): Promise<Migrated | null> {
  const caseFolder = await CaseFolder.openAny(path);
  const { schemaVersion: from } = caseFolder.info;
  if (from === SCHEMA_VERSION) return null;
  const lock = await caseFolder.lock();
  try {
    const backup = await backUp(caseFolder);
    const { before, after } = await rewriteParts(caseFolder, options);
    await caseFolder.replaceParts(after);
    await caseFolder.forgetAnalysis();
    await caseFolder.setPresentSchema();
    await removeUnfinished(caseFolder);
    const rewritten = after.filter((part, i) => part.path !== before[i]?.path).length;
    const result = { from, to: SCHEMA_VERSION, backup, parts: after.length, rewritten };
    await logAction(caseFolder, 'migrated', { from, to: SCHEMA_VERSION, rewritten });
    return result;
  } catch (error) {
    throw machineFailure(error, path);
  } finally {
    await lock.release();
  }
}

async function rewriteParts(
  caseFolder: CaseFolder,
  { signal, onProgress }: MigrateOptions,
): Promise<{ before: readonly Part[]; after: readonly Part[] }> {
  const temporary = join(caseFolder.path, 'tmp', 'migration');
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const database = await Database.open({ tempDirectory: temporary });
  try {
    const writer = new PartWriter(caseFolder, database.main, signal);
    const { parts: before } = await caseFolder.manifest();
    const after: Part[] = [];
    for (const part of before) {
      after.push(await rewritePart(caseFolder, writer, part));
      onProgress?.(after.length / before.length);
    }
    return { before, after };
  } finally {
    database.close();
    await rm(join(caseFolder.path, 'tmp'), { recursive: true, force: true });
  }
}
