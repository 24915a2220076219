import * as v from 'valibot';
import { defineContract } from './define';
import { Count, Nothing, Page, Sort, Table, Text } from './words';

const SourceSummary = v.object({
  source: v.string(),
  title: v.string(),
  files: Count,
  records: Count,
  unique: Count,
  duplicates: Count,
  issueRecords: Count,
  first: Text,
  last: Text,
  accounts: v.array(v.string()),
  regions: v.array(v.string()),
});
const FileStates = v.object({
  imported: Count,
  context: Count,
  notEvidence: Count,
  issue: Count,
  removed: Count,
});

const RecordPlace = v.object({ kind: v.string(), fileId: v.number(), recordNo: v.number() });
const RecordInFull = v.object({
  kind: v.string(),
  fields: v.array(v.object({ name: v.string(), value: v.string() })),
  original: v.string(),
  /** Whether `original`, its masks aside, was read from the original as it lies there now. */
  exact: v.boolean(),
  file: v.string(),
  recordNo: v.number(),
  byteOffset: v.nullable(v.number()),
  sha256: v.string(),
  hashMatches: v.nullable(v.boolean()),
  /** How many places of `original` are masked. */
  masked: Count,
});

export const evidenceContract = defineContract({
  'evidence/overview': {
    request: Nothing,
    response: v.object({
      sources: v.array(SourceSummary),
      files: FileStates,
      issues: Count,
      /** Rows of coverage_gaps. */
      gaps: Count,
      /** Rows of digest_checks by kind and state. */
      digests: v.array(v.object({ kind: v.string(), state: v.string(), n: Count })),
    }),
  },
  /** Columns of `files` (evidence/schema.sql). */
  'evidence/files': {
    request: v.object({
      state: v.nullable(v.string()),
      filter: v.string(),
      page: Page,
      sort: v.nullable(Sort),
    }),
    response: Table,
  },
  /** Columns of `issues` with the file's path. */
  'evidence/issues': { request: v.object({ page: Page }), response: Table },
  /** The coverage ledger in at most so many columns: records of each line by column, and what is known to be missing. */
  'evidence/coverage': {
    request: v.object({ columns: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)) }),
    response: v.object({
      /** Start of the first column; null without records. */
      from: Text,
      stepHours: Count,
      columns: Count,
      lines: v.array(v.object({ account: Text, region: Text, source: v.string(), counts: v.array(Count) })),
      marks: v.array(
        v.object({
          account: Text,
          region: Text,
          source: v.string(),
          first: v.string(),
          last: v.string(),
          cause: v.string(),
          detail: v.string(),
        }),
      ),
    }),
  },
  /** Columns of `coverage_gaps` (evidence/derived.sql) with the file's name. */
  'evidence/gaps': { request: v.object({ page: Page }), response: Table },
  /** Columns of `digest_checks` with the file's name. */
  'evidence/digests': {
    request: v.object({ state: v.nullable(v.string()), filter: v.string(), page: Page }),
    response: Table,
  },
  /** One record: its columns, its original text, where it lies and the hash; with secrets masked as in every answer. */
  'records/get': { request: RecordPlace, response: RecordInFull },
  /** The same with its secrets, byte-exact when the original is there; written into the action log of the case. */
  'records/reveal': { request: RecordPlace, response: RecordInFull },
  /** SELECT only, on an instance of its own; stops at `limit` rows. */
  'sql/run': {
    request: v.object({ text: v.string(), limit: v.pipe(v.number(), v.maxValue(10_000)) }),
    response: v.object({
      names: v.array(v.string()),
      types: v.array(v.string()),
      columns: v.array(v.array(v.unknown())),
      rowCount: v.number(),
      milliseconds: v.number(),
    }),
  },
  'sql/schema': {
    request: Nothing,
    response: v.array(
      v.object({
        table: v.string(),
        note: v.string(),
        columns: v.array(v.object({ name: v.string(), type: v.string(), note: v.string() })),
      }),
    ),
  },
});
