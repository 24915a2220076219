import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { coldtrail } from './command';

declare module 'vitest' {
  interface ProvidedContext {
    /** A bundle with an intrusion, and a case that was made of it on the command line. */
    bundle: string;
    caseFolder: string;
    /** Unique records in it, as the command line counts them. */
    records: number;
  }
}

const EVENTS = 5000;
const FLOWS = 8000;

/** Composes the evidence that every file of the suite opens, once. */
export default async function composeEvidence(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-e2e-'));
  const caseFolder = join(folder, 'case');
  const bundle = join(folder, 'bundle');
  await coldtrail('sample', '--out', folder, '--seed', '7', '--events', `${EVENTS}`, '--flows', `${FLOWS}`);
  const { sources } = await coldtrail<{ sources: { unique: number }[] }>(
    'open',
    bundle,
    '--case',
    caseFolder,
  );
  project.provide('bundle', bundle);
  project.provide('caseFolder', caseFolder);
  project.provide(
    'records',
    sources.reduce((sum, { unique }) => sum + unique, 0),
  );
  return () => rm(folder, { recursive: true, force: true });
}
