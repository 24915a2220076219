import * as v from 'valibot';
import { ANNOTATION_KINDS, SUBJECT_KINDS } from '../../shared/model/annotation';
import { LONGEST_NOTE } from '../../shared/contract/notes';
import type { AnnotationState } from './annotate';
import type { Action } from './action-log';

const Short = v.pipe(v.string(), v.maxLength(4000));
const Detail = v.object({
  id: Short,
  kind: v.picklist(ANNOTATION_KINDS),
  subjectKind: v.picklist(SUBJECT_KINDS),
  subjectType: Short,
  subjectId: Short,
  title: Short,
  text: v.pipe(v.string(), v.maxLength(LONGEST_NOTE)),
  removed: v.optional(v.boolean(), false),
  author: v.optional(Short),
  writtenAt: v.optional(Short),
  revision: v.optional(Short),
  rivalOf: v.optional(v.nullable(Short), null),
});

/** One line of a log about an annotation, with whose words it holds and when they were written. */
export interface NotedState extends AnnotationState {
  readonly author: string;
  readonly writtenAt: string;
  readonly revision: string;
  readonly rivalOf: string | null;
}

/** The states that the lines of a log hold, by annotation, oldest first. Errors: valibot's, for a line that is none. */
export function statesOf(lines: readonly Action[]): Map<string, NotedState[]> {
  const out = new Map<string, NotedState[]>();
  for (const line of lines) {
    if (line.action !== 'noted') continue;
    const { subjectKind, subjectType, subjectId, ...detail } = v.parse(Detail, line.detail);
    const state: NotedState = {
      ...detail,
      subject: { kind: subjectKind, type: subjectType, id: subjectId },
      author: detail.author ?? line.who,
      writtenAt: detail.writtenAt ?? line.at,
      revision: detail.revision ?? line.hash,
    };
    out.set(state.id, [...(out.get(state.id) ?? []), state]);
  }
  return out;
}
