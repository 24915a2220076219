import * as v from 'valibot';
import { ANNOTATION_KINDS, SUBJECT_KINDS } from '../model/annotation';
import { defineContract } from './define';
import { Count, Nothing, Text } from './words';

/** Longest text of an annotation, in characters. */
export const LONGEST_NOTE = 100_000;

const Subject = v.object({
  kind: v.picklist(SUBJECT_KINDS),
  type: v.pipe(v.string(), v.maxLength(100)),
  id: v.pipe(v.string(), v.maxLength(4000)),
});
const Kind = v.picklist(ANNOTATION_KINDS);

export const Annotation = v.object({
  id: v.string(),
  kind: Kind,
  subject: Subject,
  title: v.string(),
  text: v.string(),
  author: v.string(),
  createdAt: v.string(),
  changedAt: v.string(),
  revisions: Count,
  /** The annotation of which this is another analyst's version. */
  rivalOf: Text,
  /** Where a record lies in this case, and the name to show of any subject; null when the case does not hold it. */
  record: v.nullable(v.object({ fileId: v.number(), recordNo: v.number() })),
  label: Text,
});
export type Annotation = v.InferOutput<typeof Annotation>;

const Conflict = v.object({
  subject: Subject,
  /** verdict: analysts judged differently; text: both changed the same annotation. */
  what: v.picklist(['verdict', 'text']),
  ours: v.object({ author: v.string(), text: v.string() }),
  theirs: v.object({ author: v.string(), text: v.string() }),
});
export const MergeResult = v.object({
  /** Annotations taken over, brought up to date, and already here. */
  added: Count,
  updated: Count,
  known: Count,
  conflicts: v.array(Conflict),
  /** Subjects that this case does not hold. */
  unknownSubjects: Count,
});
export type MergeResult = v.InferOutput<typeof MergeResult>;

export const notesContract = defineContract({
  /** All annotations, newest first, and whether the log they are read from is whole (line of the first break). */
  'notes/list': {
    request: Nothing,
    response: v.object({ rows: v.array(Annotation), logLines: Count, brokenAt: v.nullable(Count) }),
  },
  /** Writes a new annotation (`id` null) or another state of one. */
  'notes/put': {
    request: v.object({
      id: Text,
      kind: Kind,
      subject: Subject,
      title: v.pipe(v.string(), v.maxLength(500)),
      text: v.pipe(v.string(), v.maxLength(LONGEST_NOTE)),
    }),
    response: v.object({ id: v.string() }),
  },
  'notes/remove': { request: v.object({ id: v.string() }), response: Nothing },
  /** Asks for a file and writes the annotations into it; null when no file was chosen. */
  'notes/export': { request: Nothing, response: v.nullable(v.object({ path: v.string(), count: Count })) },
  /** Asks for such a file of another analyst and takes it over; null when no file was chosen. */
  'notes/merge': { request: Nothing, response: v.nullable(MergeResult) },
});
