import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { MergeResult } from '../../shared/contract/notes';
import { AppError } from '../../shared/errors/app-error';
import { subjectKey, type Subject } from '../../shared/model/annotation';
import type { CaseFolder } from '../case/case-folder';
import type { Connection } from '../db/database';
import { isWhole, parseLog, readLog, type Action } from './action-log';
import { logState } from './annotate';
import { statesOf, type NotedState } from './note-states';
import unknownSubjectsSql from './unknown-subjects.sql?raw';

const SCHEMA = 'coldtrail-notes/1';

const Line = v.object({
  n: v.number(),
  at: v.string(),
  who: v.string(),
  action: v.literal('noted'),
  detail: v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()]))),
  previous: v.string(),
  hash: v.string(),
});
const HandOver = v.object({
  schema: v.literal(SCHEMA),
  case: v.object({ id: v.string(), name: v.string() }),
  lines: v.array(Line),
});

/** Writes every line of the log about annotations, as it was logged, for another analyst. Gives their number. */
export async function exportNotes(caseFolder: CaseFolder, path: string): Promise<number> {
  const lines = parseLog(await readLog(caseFolder)).filter((line) => line.action === 'noted');
  const { id, name } = caseFolder.info;
  const file: v.InferOutput<typeof HandOver> = { schema: SCHEMA, case: { id, name }, lines: lines as never };
  await writeFile(path, `${JSON.stringify(file, null, 1)}\n`, { mode: 0o600 });
  return statesOf(lines).size;
}

/**
 * Takes over another analyst's annotations. What is new is added with its author and time; where they went on from a
 * state that is ours, theirs follows; where both went on, both stay and the conflict is listed, as are verdicts that
 * differ. Running it twice changes nothing. Errors: `notes.unreadable`.
 */
export async function mergeNotes(
  connection: Connection,
  caseFolder: CaseFolder,
  path: string,
): Promise<MergeResult> {
  const theirs = await readHandOver(path);
  const ours = statesOf(parseLog(await readLog(caseFolder)));
  const conflicts: MergeResult['conflicts'] = [];
  const taken: { readonly state: NotedState; readonly rivalOf: string | null }[] = [];
  const counts = { added: 0, updated: 0, known: 0 };
  const take = (states: readonly NotedState[]) =>
    taken.push(...states.map((state) => ({ state, rivalOf: state.rivalOf })));

  for (const [id, states] of theirs) {
    const own = ours.get(id);
    const last = lastOf(states);
    if (own === undefined) {
      counts.added += 1;
      take(states);
    } else if (own.some(({ revision }) => revision === last.revision)) counts.known += 1;
    else {
      const at = states.findIndex(({ revision }) => revision === lastOf(own).revision);
      if (at >= 0) {
        counts.updated += 1;
        take(states.slice(at + 1));
        continue;
      }
      conflicts.push(conflict('text', lastOf(own), last));
      const rival = rivalId(id, last.revision);
      if (ours.has(rival) || last.removed) counts.known += 1;
      else {
        counts.added += 1;
        taken.push({ state: { ...last, id: rival }, rivalOf: id });
      }
    }
  }
  for (const { state, rivalOf } of taken) {
    const { author, writtenAt, revision } = state;
    await logState(caseFolder, state, { author, writtenAt, revision, rivalOf });
  }
  conflicts.push(...verdictConflicts(ours, theirs));
  const subjects = new Map(taken.map(({ state }) => [subjectKey(state.subject), state.subject]));
  return {
    ...counts,
    conflicts,
    unknownSubjects: await countUnknown(connection, [...subjects.values()]),
  };
}

async function readHandOver(path: string): Promise<Map<string, NotedState[]>> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('path.unreadable', { path, detail: words(error) }, { cause: error });
  });
  const bad = (detail: string, cause?: unknown) =>
    new AppError('notes.unreadable', { path, detail }, { cause });
  try {
    const file = v.parse(HandOver, JSON.parse(text));
    const changed = file.lines.find((line) => !isWhole(line as Action));
    if (changed) throw bad(`line ${changed.n} of its log was changed after it was written`);
    return statesOf(file.lines);
  } catch (error) {
    throw error instanceof AppError ? error : bad(words(error), error);
  }
}

/** Both analysts judged the same subject, and not alike. */
function verdictConflicts(
  ours: ReadonlyMap<string, readonly NotedState[]>,
  theirs: ReadonlyMap<string, readonly NotedState[]>,
): MergeResult['conflicts'] {
  const own = verdictsOf(ours);
  return verdictsOf(theirs).flatMap((their) =>
    own
      .filter(
        (our) =>
          our.id !== their.id &&
          subjectKey(our.subject) === subjectKey(their.subject) &&
          our.text !== their.text,
      )
      .map((our) => conflict('verdict', our, their)),
  );
}

function verdictsOf(states: ReadonlyMap<string, readonly NotedState[]>): NotedState[] {
  return [...states.values()].map(lastOf).filter((state) => state.kind === 'verdict' && !state.removed);
}

function conflict(
  what: 'verdict' | 'text',
  ours: NotedState,
  theirs: NotedState,
): MergeResult['conflicts'][number] {
  const side = ({ author, text, removed }: NotedState) => ({ author, text: removed ? '(removed)' : text });
  return { subject: ours.subject, what, ours: side(ours), theirs: side(theirs) };
}

/** The same on every machine, so that a second merge finds it. */
function rivalId(id: string, revision: string): string {
  return createHash('sha256').update(`${id}\n${revision}`).digest('hex').slice(0, 32);
}

async function countUnknown(connection: Connection, subjects: readonly Subject[]): Promise<number> {
  const { n } = await connection.row<{ n: number }>(unknownSubjectsSql, {
    subjects: JSON.stringify(subjects),
  });
  return n;
}

function lastOf<T>(list: readonly T[]): T {
  return list[list.length - 1] as T;
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
