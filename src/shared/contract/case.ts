import * as v from 'valibot';
import { defineContract } from './define';
import { BaselineDays, Nothing, Text } from './words';

export const CaseInfo = v.object({
  path: v.string(),
  id: v.string(),
  name: v.string(),
  createdAt: v.string(),
  /** Time span of all evidence, null while empty. */
  first: Text,
  last: Text,
  /** False for a second window on a case that another process writes. */
  writable: v.boolean(),
  /** True while nothing has been analysed yet. */
  empty: v.boolean(),
});
export type CaseInfo = v.InferOutput<typeof CaseInfo>;

export const caseContract = defineContract({
  'case/recent': {
    request: Nothing,
    response: v.array(
      v.object({ path: v.string(), name: v.string(), openedAt: v.string(), missing: v.boolean() }),
    ),
  },
  'case/current': { request: Nothing, response: v.nullable(CaseInfo) },
  'case/open': { request: v.object({ path: v.string() }), response: CaseInfo },
  'case/close': { request: Nothing, response: Nothing },
  /** Imports the paths into a new case (caseDir null: a fresh folder beside the other cases) and analyses it. The case is open at once. */
  'bundle/open': {
    request: v.object({ paths: v.array(v.string()), caseDir: v.nullable(v.string()) }),
    response: v.object({ jobId: v.string(), case: CaseInfo }),
  },
  /** Imports further paths into the open case: what is in already is not read again. */
  'bundle/add': {
    request: v.object({ paths: v.array(v.string()) }),
    response: v.object({ jobId: v.string() }),
  },
  /** Takes a file, with what lies in it, or all files of a source out of the case and analyses it again. */
  'bundle/remove': {
    request: v.object({
      what: v.variant('kind', [
        v.object({ kind: v.literal('file'), fileId: v.number() }),
        v.object({ kind: v.literal('source'), source: v.string() }),
      ]),
    }),
    response: v.object({ jobId: v.string() }),
  },
  /** Composes the sample bundle and opens it as a case. */
  'bundle/sample': { request: Nothing, response: v.object({ jobId: v.string() }) },
  /** Analyses the open case again, e.g. with another number of baseline days. */
  'analysis/run': {
    request: v.object({ baselineDays: BaselineDays }),
    response: v.object({ jobId: v.string() }),
  },
  /** Lets a job wait between two files or steps, or go on. */
  'job/pause': { request: v.object({ jobId: v.string(), paused: v.boolean() }), response: Nothing },
  /** Groups the findings of the open case again, by what analysts joined and cut. */
  'analysis/regroup': { request: Nothing, response: v.object({ jobId: v.string() }) },
  'job/cancel': { request: v.object({ jobId: v.string() }), response: Nothing },
  'dialog/bundle': { request: Nothing, response: v.nullable(v.array(v.string())) },
  'dialog/case': { request: Nothing, response: v.nullable(v.string()) },
  'dialog/save': {
    request: v.object({ title: v.string(), name: v.string(), extension: v.string() }),
    response: v.nullable(v.string()),
  },
  /** Writes a picture where the user chooses, from base64; null when they changed their mind. */
  'dialog/picture': {
    request: v.object({
      name: v.pipe(v.string(), v.maxLength(200)),
      extension: v.picklist(['svg', 'png', 'graphml']),
      content: v.pipe(v.string(), v.maxLength(80_000_000)),
    }),
    response: v.nullable(v.string()),
  },
  /** Shows a file in the system's file manager. */
  'shell/reveal': { request: v.object({ path: v.string() }), response: Nothing },
  /** What the window kept of its last run, and keeping it for the next: text of its own. */
  'session/get': { request: Nothing, response: Text },
  'session/set': { request: v.object({ text: v.pipe(v.string(), v.maxLength(400_000)) }), response: Nothing },
  'clipboard/write': { request: v.object({ text: v.string() }), response: Nothing },
});
