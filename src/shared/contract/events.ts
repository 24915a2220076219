import * as v from 'valibot';
import { Range } from './words';

/** What main pushes to the renderer: event name -> payload. */
export const pushes = {
  'job/progress': v.object({
    jobId: v.string(),
    /** discover, import, analyse, report. */
    phase: v.string(),
    /** The phase's own words, e.g. the step of the analysis. */
    step: v.string(),
    /** 0..1 within the phase. */
    share: v.number(),
    filesDone: v.number(),
    filesTotal: v.number(),
    bytesDone: v.number(),
    bytesTotal: v.number(),
    records: v.number(),
    recordsPerSecond: v.number(),
    secondsLeft: v.nullable(v.number()),
  }),
  'job/paused': v.object({ jobId: v.string(), paused: v.boolean() }),
  'job/done': v.object({
    jobId: v.string(),
    error: v.nullable(
      v.object({ code: v.string(), params: v.record(v.string(), v.union([v.string(), v.number()])) }),
    ),
  }),
  /** The open case holds more than before, or another case is open: reload what is shown. */
  'case/changed': v.object({ path: v.nullable(v.string()) }),
  /** The worker ended unexpectedly and was started again. */
  'worker/restarted': v.object({ detail: v.string() }),
  /** A view asked for from outside, e.g. by the native menu or by the command line. */
  navigate: v.object({
    view: v.string(),
    params: v.record(v.string(), v.string()),
    /** The scope time to look through; null for the whole case, left out for the present one. */
    scope: v.optional(v.nullable(Range)),
  }),
  /** The native menu asked the window to do something: the names are those of the shell's menu. */
  command: v.object({ name: v.string() }),
} as const;

export type Pushes = { [K in keyof typeof pushes]: v.InferOutput<(typeof pushes)[K]> };
export type PushName = keyof Pushes;
