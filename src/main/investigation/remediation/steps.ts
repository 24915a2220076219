import actions from '../../../../resources/remediation/actions.json';
import type { CitedAction, Exhibit } from '../../../shared/model/exhibit';
import { severityRank, type Severity } from '../../../shared/model/severity';
import type { Connection } from '../../db/database';
import type { ExhibitBook, Place } from '../exhibits';
import { type Facts, loadFacts } from './facts';
import { fillCommands, isForOthers } from './fill';
import { meaningsOf } from './meanings';

/** A finding as far as it asks for steps. */
export interface Calling {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly remediation: readonly string[];
  readonly places: readonly Place[];
}

interface Wanted {
  readonly because: string;
  readonly exhibits: readonly Exhibit[];
  /** The findings that ask for it. */
  readonly calling: ReadonlySet<string>;
}

/** What the whole incident gives to its commands. */
export interface Always {
  /** The time of its records, ISO. */
  readonly first: string;
  readonly last: string;
  /** Names of files and groups carry it. */
  readonly caseId: string | null;
}

const PHASES = ['preserve', 'contain', 'eradicate', 'recover', 'prevent'] as const;
/** Phases that undo what was done: a finding whose every call was refused left nothing to undo. */
const UNDOING = new Set<string>(['eradicate', 'recover']);
const KEEP_EVIDENCE = 'R-PRES';
/** Placeholders for whose credential it is. */
const PRINCIPALS = new Set(['USER', 'ROLE', 'AKIA']);

/** What now: the steps that the findings ask for, each once, gravest finding first, filled from their records. */
export async function tellWhatNow(
  connection: Connection,
  findings: readonly Calling[],
  always: Always,
  book: ExhibitBook,
): Promise<CitedAction[]> {
  const facts = await loadFacts(
    connection,
    findings.map((f) => f.id),
  );
  const gravest = [...findings].sort(
    (a, b) => severityRank(b.severity as Severity) - severityRank(a.severity as Severity),
  );
  const wanted = new Map<string, Wanted>();
  for (const f of gravest) {
    for (const id of [KEEP_EVIDENCE, ...f.remediation]) {
      if (UNDOING.has(phaseOf(id)) && isRefused(f.id, facts)) continue;
      const known = wanted.get(id);
      wanted.set(id, {
        because: known?.because ?? `called for by "${f.title.replace(/[.\s]+$/, '')}"`,
        exhibits: known?.exhibits ?? (await book.cite(f.places.slice(0, 1))),
        calling: new Set([...(known?.calling ?? []), f.id]),
      });
    }
  }
  return remediationSteps(wanted, facts, always);
}

function isRefused(finding: string, { calls }: Facts): boolean {
  const own = calls.filter((c) => c.findingId === finding);
  return own.length > 0 && own.every((c) => c.failed);
}

const phaseOf = (id: string) => actions.find((action) => action.id === id)?.phase ?? '';

/** Notes name other actions by id; a reader knows them by title. */
function byTitle(note: string): string {
  return note.replace(/R-[A-Z0-9-]+/g, (id) => {
    const named = actions.find((action) => action.id === id);
    return named ? `"${named.title}"` : id;
  });
}

/**
 * The actions of the given ids in the order preserve to prevent. A placeholder that the evidence does not name stays, and
 * the text says what belongs there.
 */
export function remediationSteps(
  wanted: ReadonlyMap<string, Wanted>,
  facts: Facts,
  { first, last, caseId }: Always,
): CitedAction[] {
  const second = (iso: string) => iso.replace(/\.\d+Z$/, 'Z');
  const always = {
    T0: second(first),
    T1: second(last),
    ...(caseId === null ? {} : { CASE: caseId }),
  };
  return actions
    .flatMap((action) => {
      const reason = wanted.get(action.id);
      if (!reason) return [];
      const { commands, more, open } = fillCommands(action, reason.calling, { facts, always });
      if (isForOthers(action, reason.calling, facts) && open.some((name) => PRINCIPALS.has(name))) return [];
      const text = [
        `${action.title}: ${reason.because}.`,
        ...(action.note === '' ? [] : [`${byTitle(action.note)}.`]),
        ...(more > 0 ? [`${more} more commands of the same form are left out.`] : []),
        ...(open.length > 0 ? [`To be filled in, the logs do not tell: ${meaningsOf(open)}.`] : []),
      ].join(' ');
      const phase = PHASES.find((p) => p === action.phase) ?? 'contain';
      return [{ text, commands, phase, exhibits: reason.exhibits }];
    })
    .sort((a, b) => PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase));
}
