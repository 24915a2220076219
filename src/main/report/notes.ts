import { parseArgument } from '../../shared/model/hypothesis';
import type { Connection } from '../db/database';
import type { ReportHypothesis, ReportModel, ReportNote } from './model';
import notesSql from './notes.sql?raw';

type Row = Omit<ReportNote, 'kind'> & {
  readonly id: string;
  readonly kind: ReportNote['kind'] | 'hypothesis' | 'argument';
  readonly title: string;
};

/**
 * What the analysts wrote about the case and these incidents.
 * @param incidentIds null for all
 */
export async function loadNotes(
  connection: Connection,
  incidentIds: readonly string[] | null,
): Promise<Pick<ReportModel, 'notes' | 'hypotheses'>> {
  const rows = await connection.rows<Row>(notesSql, {
    incidents: incidentIds === null ? null : JSON.stringify(incidentIds),
  });
  return { notes: rows.flatMap(noteOf), hypotheses: hypothesesOf(rows) };
}

function noteOf({ kind, subjectKind, about, text, author, changedAt }: Row): ReportNote[] {
  return kind === 'hypothesis' || kind === 'argument'
    ? []
    : [{ kind, subjectKind, about, text, author, changedAt }];
}

/** In the order in which they were last judged. */
function hypothesesOf(rows: readonly Row[]): ReportHypothesis[] {
  const said = rows.flatMap((row) => {
    const argument = row.kind === 'argument' ? parseArgument(row.text) : null;
    return argument === null ? [] : [{ ...argument, row }];
  });
  return rows
    .filter(({ kind }) => kind === 'hypothesis')
    .map(({ id, title, text, author, changedAt }) => ({
      statement: title,
      state: text,
      author,
      changedAt,
      arguments: said
        .filter(({ hypothesisId }) => hypothesisId === id)
        .map(({ stance, row }) => ({
          stance,
          subjectKind: row.subjectKind,
          about: row.about,
          why: row.title,
          author: row.author,
        })),
    }));
}
