import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';

/** A small JSON file of the application's own. What is missing or not of the schema is the fallback. */
export function readJsonFile<S extends v.GenericSchema>(
  path: string,
  schema: S,
  fallback: v.InferOutput<S>,
): v.InferOutput<S> {
  try {
    const parsed = v.safeParse(schema, JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.output : fallback;
  } catch {
    return fallback;
  }
}

let written = 0;

/** A name of its own for each write: two at once must not take each other's file away. */
function besideOf(path: string): string {
  written += 1;
  return `${path}.${process.pid}.${written}.new`;
}

/** Replaces the file as a whole, so that a crash leaves the old one. */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const beside = besideOf(path);
  await writeFile(beside, `${JSON.stringify(value, null, 1)}\n`, { mode: 0o600 });
  await rename(beside, path);
}

/** As {@link writeJsonFile}, for the moment when the application ends and nothing is waited for. */
export function writeJsonFileSync(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const beside = besideOf(path);
  writeFileSync(beside, `${JSON.stringify(value, null, 1)}\n`, { mode: 0o600 });
  renameSync(beside, path);
}
