import type { Annotation } from '../../../shared/contract/notes';
import { subjectKey } from '../../../shared/model/annotation';
import { parseArgument } from '../../../shared/model/hypothesis';
import { verdictTitle } from '../../format/verdict';

interface NotesFilter {
  readonly text: string;
  readonly kind: string;
  readonly author: string;
  readonly disputed: boolean;
}

/** Ids of annotations on which analysts do not agree: verdicts that differ, and both versions of what two changed. */
export function disputedIds(all: readonly Annotation[]): ReadonlySet<string> {
  const out = new Set<string>();
  const verdicts = new Map<string, Annotation[]>();
  for (const row of all) {
    if (row.rivalOf !== null) {
      out.add(row.id);
      out.add(row.rivalOf);
    }
    if (row.kind !== 'verdict') continue;
    const key = subjectKey(row.subject);
    verdicts.set(key, [...(verdicts.get(key) ?? []), row]);
  }
  for (const rows of verdicts.values())
    if (new Set(rows.map((row) => row.text)).size > 1) for (const row of rows) out.add(row.id);
  return out;
}

export function filterNotes(all: readonly Annotation[], filter: NotesFilter): readonly Annotation[] {
  const text = filter.text.trim().toLowerCase();
  const disputed = filter.disputed ? disputedIds(all) : null;
  return all.filter(
    (row) =>
      (filter.kind === '' || row.kind === filter.kind) &&
      (filter.author === '' || row.author === filter.author) &&
      (disputed === null || disputed.has(row.id)) &&
      `${row.text} ${row.title} ${row.label ?? ''} ${row.subject.id} ${row.author}`
        .toLowerCase()
        .includes(text),
  );
}

/** What an annotation says, in one line. */
export function toldBy(row: Annotation, all: readonly Annotation[]): string {
  if (row.kind === 'bookmark') return row.title;
  if (row.kind === 'hypothesis') return `${row.title} (${row.text})`;
  if (row.kind === 'together' || row.kind === 'apart')
    return row.text === '' ? `finding ${row.title || 'by itself'}` : row.text;
  if (row.kind !== 'argument') return verdictTitle(row.text).split('\n')[0] ?? '';
  const argument = parseArgument(row.text);
  const statement =
    all.find(({ id }) => id === argument?.hypothesisId)?.title ?? 'a hypothesis that is not here';
  return `${argument?.stance ?? ''}: ${statement}${row.title === '' ? '' : `, ${row.title}`}`;
}
