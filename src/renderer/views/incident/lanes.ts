import { toMillis } from '../../format/time';
import type { RecordRow } from '../../parts/record-row';

export interface Mark {
  readonly millis: number;
  readonly isFailed: boolean;
  readonly isFlagged: boolean;
}
interface Lane {
  readonly principal: string;
  readonly marks: readonly Mark[];
}

/** More lanes than this would not be read; the rest share the last one. */
const MOST_LANES = 8;

/** Records by principal, the lane of the first record on top. */
export function lanesOf(rows: readonly RecordRow[]): Lane[] {
  const lanes = new Map<string, Mark[]>();
  for (const row of rows) {
    const own = row.principal ?? row.source;
    const principal = lanes.has(own) || lanes.size < MOST_LANES ? own : 'others';
    const marks = lanes.get(principal) ?? [];
    marks.push({
      millis: toMillis(row.time),
      isFailed: row.error !== null,
      isFlagged: row.findings.length > 0,
    });
    lanes.set(principal, marks);
  }
  return [...lanes].map(([principal, marks]) => ({ principal, marks }));
}
