import { randomUUID } from 'node:crypto';
import type { AnnotationKind, Subject } from '../../shared/model/annotation';
import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder } from '../case/case-folder';
import type { Connection } from '../db/database';
import { logAction, type Action } from './action-log';

/** An annotation as it is written: the next state of `id`. */
export interface AnnotationState {
  readonly id: string;
  readonly kind: AnnotationKind;
  readonly subject: Subject;
  readonly title: string;
  readonly text: string;
  readonly removed: boolean;
}

/** Whose words a line holds, when it was taken over from another analyst's case. */
interface Origin {
  readonly author: string;
  readonly writtenAt: string;
  /** Hash of the line in the log of its author. */
  readonly revision: string;
  readonly rivalOf: string | null;
}

/** Writes a new annotation or another state of one; gives its id. */
export async function annotate(
  caseFolder: CaseFolder,
  { id, ...rest }: Omit<AnnotationState, 'id' | 'removed'> & { readonly id: string | null },
): Promise<string> {
  const state = { id: id ?? randomUUID(), ...rest, removed: false };
  await logState(caseFolder, state);
  return state.id;
}

/** Takes an annotation out of sight; its lines stay in the log. Errors: `note.unknown`. */
export async function removeAnnotation(
  connection: Connection,
  caseFolder: CaseFolder,
  id: string,
): Promise<void> {
  const [found] = await connection.rows<{
    kind: AnnotationKind;
    subjectKind: Subject['kind'];
    subjectType: string;
    subjectId: string;
  }>(
    `SELECT kind, subject_kind AS "subjectKind", subject_type AS "subjectType", subject_id AS "subjectId"
     FROM annotations WHERE annotation_id = $id`,
    { id },
  );
  if (!found) throw new AppError('note.unknown', { id });
  const subject = { kind: found.subjectKind, type: found.subjectType, id: found.subjectId };
  await logState(caseFolder, { id, kind: found.kind, subject, title: '', text: '', removed: true });
}

/** Adds a state to the action log. */
export function logState(caseFolder: CaseFolder, state: AnnotationState, origin?: Origin): Promise<void> {
  const { id, kind, subject, title, text, removed } = state;
  const detail: Action['detail'] = {
    id,
    kind,
    subjectKind: subject.kind,
    subjectType: subject.type,
    subjectId: subject.id,
    title,
    text,
    ...(removed ? { removed } : {}),
    ...(origin === undefined ? {} : { ...origin }),
  };
  return logAction(caseFolder, 'noted', detail);
}
