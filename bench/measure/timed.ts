import { CaseFolder } from '../../src/main/case/case-folder';
import { CaseDatabase } from '../../src/main/queries/case-database';
import type { RequestOf, ResponseOf } from '../../src/shared/contract/index';
import { call, type Question } from './questions';

export interface Times {
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
}

interface Warm extends Times {
  /** Of the longest list of the answer. */
  readonly rows: number;
  /** Milliseconds of CPU, user and system, of one answer: what another load on the machine does not change. */
  readonly cpu: number;
}

/** A case opened for one piece of work. */
export async function withCase<T>(caseDir: string, work: (database: CaseDatabase) => Promise<T>): Promise<T> {
  const database = await CaseDatabase.open(await CaseFolder.open(caseDir));
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

/** A question asked so many times of an open case. */
export async function warmTimes(database: CaseDatabase, question: Question, rounds: number): Promise<Warm> {
  const taken: number[] = [];
  const before = process.cpuUsage();
  let answer: unknown;
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    answer = await question.ask(database);
    taken.push(performance.now() - begun);
  }
  const { user, system } = process.cpuUsage(before);
  return { ...timesOf(taken), rows: rowsIn(answer), cpu: Math.round((user + system) / 1000 / rounds) };
}

/** The question as the first one that an engine without caches of its own gets; files may be in memory. */
export async function coldTimes(caseDir: string, question: Question, rounds: number): Promise<Times> {
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1)
    await withCase(caseDir, async (database) => {
      const begun = performance.now();
      await question.ask(database);
      taken.push(performance.now() - begun);
    });
  return timesOf(taken);
}

export interface SearchTimes {
  readonly text: string;
  /** Milliseconds until records were told, null when none fit, and until all of the evidence was looked at. */
  readonly first: number | null;
  readonly all: number;
  readonly records: number;
  /** The longest wait between two answers. */
  readonly stretch: number;
}

/** A search in records as the view does it, to its end. */
export async function searchTimes(database: CaseDatabase, text: string): Promise<SearchTimes> {
  const begun = performance.now();
  let [first, records, stretch]: [number | null, number, number] = [null, 0, 0];
  let notBefore: string | null = null;
  let rows = 0;
  for (let at: number | null = 0; at !== null;) {
    const asked = performance.now();
    const request: RequestOf<'search/records'> = { text, scope: null, limit: 500, at, notBefore };
    const found: ResponseOf<'search/records'> = await call(database, 'search/records', request);
    stretch = Math.max(stretch, performance.now() - asked);
    if (found.records.total > 0) first ??= performance.now() - begun;
    records += found.records.total;
    rows += found.records.rowCount;
    const times = (found.records.columns[found.records.names.indexOf('event_time')] ?? []) as string[];
    if (rows >= 500) notBefore ??= times.at(-1) ?? null;
    at = found.next;
  }
  const round = Math.round;
  return {
    text,
    first: first === null ? null : round(first),
    all: round(performance.now() - begun),
    records,
    stretch: round(stretch),
  };
}

export function timesOf(taken: readonly number[]): Times {
  const sorted = [...taken].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { p50: at(0.5), p95: at(0.95) };
}

/** The longest list of an answer. */
function rowsIn(answer: unknown): number {
  if (Array.isArray(answer)) return Math.max(answer.length, ...answer.slice(0, 50).map(rowsIn));
  if (typeof answer !== 'object' || answer === null) return 0;
  if ('rowCount' in answer) return Number(answer.rowCount);
  return Math.max(0, ...Object.values(answer).map(rowsIn));
}
