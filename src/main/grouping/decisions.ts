import type { Connection } from '../db/database';

/** Two findings of which an analyst decided; `annotation` is where it is written. */
export interface DecidedPair {
  readonly annotation: string;
  readonly a: string;
  readonly b: string;
}

/** What analysts decided about groups: kept as annotations, so that it holds over analyses and is handed over. */
export interface Decisions {
  readonly together: readonly DecidedPair[];
  readonly apart: readonly DecidedPair[];
  /** Findings that belong to no other, unless they are named in `together`. */
  readonly alone: ReadonlySet<string>;
}

export const NO_DECISIONS: Decisions = { together: [], apart: [], alone: new Set() };

/** The last word on each pair of findings of this run, in the order in which they were spoken: others may come from another copy of the case. */
const DECISIONS = `
  SELECT annotation_id AS annotation, kind, least(subject_id, title) AS a, greatest(subject_id, title) AS b
  FROM annotations WHERE kind IN ('together', 'apart') AND subject_kind = 'finding' AND subject_id <> title
    AND subject_id IN (SELECT finding_id FROM findings) AND (title = '' OR title IN (SELECT finding_id FROM findings))
  QUALIFY row_number() OVER (PARTITION BY a, b ORDER BY changed_at DESC, annotation_id DESC) = 1
  ORDER BY changed_at, annotation_id`;

/** Reads the decisions from the table annotations. */
export async function loadDecisions(connection: Connection): Promise<Decisions> {
  const rows = await connection.rows<DecidedPair & { readonly kind: 'together' | 'apart' }>(DECISIONS);
  const pairs = rows.filter(({ a }) => a !== '');
  return {
    together: pairs.filter(({ kind }) => kind === 'together'),
    apart: pairs.filter(({ kind }) => kind === 'apart'),
    alone: new Set(rows.filter(({ a, kind }) => a === '' && kind === 'apart').map(({ b }) => b)),
  };
}
