import * as v from 'valibot';
import { defineContract } from './define';
import { Count, Text } from './words';

/** A source map as the window edits it (docs/formats.md); an empty text is none. Checked when it is used. */
const DraftMap = v.object({
  name: v.string(),
  files: v.string(),
  records: v.string(),
  lines: v.pipe(v.string(), v.maxLength(4000)),
  time: v.object({ field: v.string(), format: v.string() }),
  /** Column of mapped_events -> path of a field. */
  columns: v.record(v.string(), v.string()),
});
export type DraftMap = v.InferOutput<typeof DraftMap>;
const FileAndMap = v.object({ fileId: Count, map: DraftMap });

export const sourceMapContract = defineContract({
  /** The map that a file which no source reads seems to need, the beginning of its text, and the fields of its records. */
  'source-maps/propose': {
    request: v.object({ fileId: Count }),
    response: v.object({
      file: v.string(),
      head: v.string(),
      map: DraftMap,
      fields: v.array(v.object({ path: v.string(), example: v.string() })),
    }),
  },
  /** What the map makes of the first thousand records of the file; keeps nothing. */
  'source-maps/preview': {
    request: FileAndMap,
    response: v.object({
      records: Count,
      unreadable: Count,
      untimed: Count,
      problem: v.nullable(v.object({ detail: v.string(), sample: v.string() })),
      rows: v.array(v.record(v.string(), Text)),
      fields: v.array(v.object({ path: v.string(), example: v.string() })),
    }),
  },
  /** Keeps the map in the case and imports this file and every other one that no source reads and the map is for. */
  'bundle/map': { request: FileAndMap, response: v.object({ jobId: v.string(), files: Count }) },
});
