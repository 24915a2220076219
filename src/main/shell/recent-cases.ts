import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { readJsonFile, writeJsonFile } from './json-file';

const LONGEST = 12;
const Stored = v.array(v.object({ path: v.string(), name: v.string(), openedAt: v.string() }));

interface RecentCase {
  readonly path: string;
  readonly name: string;
  readonly openedAt: string;
  /** The folder is gone or is no case any more. */
  readonly missing: boolean;
}

/** The cases opened last, latest first, kept in a file of the application. */
export class RecentCases {
  #entries: v.InferOutput<typeof Stored>;

  constructor(
    private readonly file: string,
    private readonly clock: () => string = () => new Date().toISOString(),
  ) {
    this.#entries = readJsonFile(file, Stored, []);
  }

  list(): RecentCase[] {
    return this.#entries.map((entry) => ({ ...entry, missing: !existsSync(join(entry.path, 'case.json')) }));
  }

  /** Whether the case was opened here before. */
  has(path: string): boolean {
    return this.#entries.some((entry) => entry.path === path);
  }

  async add(path: string, name: string): Promise<void> {
    const others = this.#entries.filter((entry) => entry.path !== path);
    this.#entries = [{ path, name, openedAt: this.clock() }, ...others].slice(0, LONGEST);
    await writeJsonFile(this.file, this.#entries);
  }
}
