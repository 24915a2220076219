/** What an analyst can write into a case. */
export const ANNOTATION_KINDS = [
  'note',
  'tag',
  'verdict',
  'bookmark',
  'search',
  'query',
  'hypothesis',
  'argument',
  // Decisions about groups: the subject is a finding, the title the id of the other; `apart` without one: from all others.
  'together',
  'apart',
] as const;
export type AnnotationKind = (typeof ANNOTATION_KINDS)[number];

export const VERDICTS = ['true-positive', 'benign', 'unsure'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const SUBJECT_KINDS = ['case', 'incident', 'finding', 'entity', 'record'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/**
 * What an annotation is about. `type` is the entity type, or the source of a record, else empty. `id` of a record is
 * `<SHA-256 of its file>:<record number>`, so that it means the same in another analyst's case; empty for the case.
 */
export interface Subject {
  readonly kind: SubjectKind;
  readonly type: string;
  readonly id: string;
}

/** One text per subject, for maps. */
export function subjectKey({ kind, type, id }: Subject): string {
  return `${kind}|${type}|${id}`;
}

export function recordSubject(source: string, sha256: string, recordNo: number): Subject {
  return { kind: 'record', type: source, id: `${sha256}:${recordNo}` };
}
