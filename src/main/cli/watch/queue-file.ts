import { readFile, rename, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { AppError } from '../../../shared/errors/app-error';

const Job = v.object({
  name: v.string(),
  /** Path of the bundle, and its state (look.ts) when it was taken. */
  path: v.string(),
  state: v.string(),
  /** Folder below the output folder. */
  out: v.string(),
  /** running: a watcher is at it, or ended while it was. */
  stage: v.picklist(['running', 'done', 'issues', 'failed']),
  /** How often it was begun. */
  attempts: v.number(),
  startedAt: v.string(),
  endedAt: v.nullable(v.string()),
  incidents: v.nullable(v.number()),
  /** Why it failed, or what could not be made or read. */
  detail: v.string(),
});
export type Job = v.InferOutput<typeof Job>;

/** `watch.json`: every bundle that was ever taken, in the order of taking. */
const Queue = v.object({ coldtrailWatch: v.literal(1), folder: v.string(), jobs: v.array(Job) });

/** The jobs of an output folder; none when it is new. Errors: `usage` for a file that is not one or of another folder. */
export async function readQueue(file: string, folder: string): Promise<Job[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('path.unreadable', { path: file, detail: String(error) }, { cause: error });
  });
  if (text === null) return [];
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Queue), text);
  if (!parsed.success) throw new AppError('usage', { detail: `${file} is no queue of this program.` });
  if (parsed.output.folder !== folder)
    throw new AppError('usage', { detail: `${file} is the queue of ${parsed.output.folder}.` });
  return parsed.output.jobs;
}

/** Replaces the file as a whole, so that a kill leaves the old one. */
export async function writeQueue(file: string, folder: string, jobs: readonly Job[]): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify({ coldtrailWatch: 1, folder, jobs }, null, 1)}\n`);
  await rename(`${file}.new`, file);
}
