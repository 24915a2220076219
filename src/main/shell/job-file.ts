import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { JobSpec } from '../worker/messages';
import { readJsonFile, writeJsonFile } from './json-file';

const Stored = v.nullable(v.object({ job: JobSpec, attempts: v.number() }));
const NAME = 'job.json';
/** A job that ended the whole application twice is not tried a third time. */
const ATTEMPTS = 2;

/** Notes in the case that a job is under way, so that the next one who opens the case can go on with it. */
export async function noteJob(caseDir: string, job: JobSpec): Promise<void> {
  const before = readJsonFile(join(caseDir, NAME), Stored, null);
  const isSame = before !== null && JSON.stringify(before.job) === JSON.stringify(job);
  await writeJsonFile(join(caseDir, NAME), { job, attempts: isSame ? before.attempts + 1 : 1 });
}

/** The job that an application which ended in between left unfinished, if it may still be tried. */
export function unfinishedJob(caseDir: string): JobSpec | null {
  const stored = readJsonFile(join(caseDir, NAME), Stored, null);
  if (stored === null || stored.attempts >= ATTEMPTS) return null;
  // A case that was moved goes on where it lies now.
  return { ...stored.job, caseDir };
}

export async function forgetJob(caseDir: string): Promise<void> {
  await rm(join(caseDir, NAME), { force: true });
}
