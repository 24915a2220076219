import type { Connection } from '../db/database';
import type { JsonObject } from '../evidence/originals/json-object';
import { sourceOfMap } from '../sources/mapped';
import { MAPPED_COLUMNS, type MappedColumn, type SourceMap } from '../sources/mapped/source-map';
import { recordsOf, rowOf } from './mapped-file';
import { SAMPLE_LENGTH } from './problem';

/** Records that a preview looks at, and those that it shows. */
const TRIED = 1000;
const SHOWN = 50;

/** What a map makes of the beginning of a text. */
interface MapPreview {
  /** Records tried, those that cannot be read included. */
  readonly records: number;
  readonly unreadable: number;
  /** Readable ones whose time is none: they would become issues. */
  readonly untimed: number;
  readonly rows: readonly PreviewRow[];
  /** The first that cannot be read, and why. */
  readonly problem: { readonly detail: string; readonly sample: string } | null;
  /** The first records as they are. */
  readonly samples: readonly JsonObject[];
}
type PreviewRow = Readonly<Record<MappedColumn | 'event_time' | 'extra', string | null>>;

/** Maps the first records of a text as an import would, without keeping anything. */
export async function previewMap(connection: Connection, bytes: Buffer, map: SourceMap): Promise<MapPreview> {
  const mapped: object[] = [];
  const samples: JsonObject[] = [];
  let unreadable = 0;
  let problem: MapPreview['problem'] = null;
  for (const { start, end, value, problem: why } of recordsOf(bytes, map)) {
    if (value) {
      mapped.push({ ...rowOf(value, map), p: [] });
      if (samples.length < SHOWN) samples.push(value);
    } else {
      unreadable += 1;
      const sample = bytes.toString('utf8', start, Math.min(end, start + SAMPLE_LENGTH));
      problem ??= { detail: why?.detail ?? '', sample };
    }
    if (mapped.length + unreadable >= TRIED) break;
  }
  const shown = ['event_time', ...MAPPED_COLUMNS, 'extra'].map(
    (name) => `CAST(${name} AS VARCHAR) AS ${name}`,
  );
  const rows = await connection.rows<PreviewRow>(
    `WITH raw AS (SELECT 0 AS file_id, CAST(key AS BIGINT) AS record_no, value AS r FROM json_each(CAST($records AS JSON)))
SELECT ${shown.join(', ')} FROM (${sourceOfMap(map).mapSql([])}) ORDER BY record_no`,
    { records: JSON.stringify(mapped) },
  );
  return {
    records: mapped.length + unreadable,
    unreadable,
    untimed: rows.filter((row) => row.event_time === null).length,
    rows: rows.slice(0, SHOWN),
    problem,
    samples,
  };
}
