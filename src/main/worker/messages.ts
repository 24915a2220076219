import * as v from 'valibot';
import { pushes } from '../../shared/contract/events';
import { LOG_LEVELS } from '../../shared/model/log-level';

/** What main asks of the worker. One job runs at a time. */
export const JobSpec = v.variant('kind', [
  v.object({
    kind: v.literal('open-bundle'),
    caseDir: v.string(),
    paths: v.array(v.string()),
    baselineDays: v.number(),
  }),
  v.object({
    kind: v.literal('remove'),
    caseDir: v.string(),
    fileIds: v.array(v.number()),
    baselineDays: v.number(),
  }),
  v.object({ kind: v.literal('analyse'), caseDir: v.string(), baselineDays: v.number() }),
  v.object({ kind: v.literal('regroup'), caseDir: v.string() }),
  v.object({
    kind: v.literal('sample'),
    caseDir: v.string(),
    /** Where the bundle is composed; one that is whole is used again. */
    out: v.string(),
    baselineDays: v.number(),
  }),
]);
export type JobSpec = v.InferOutput<typeof JobSpec>;

export const ToWorker = v.variant('type', [
  v.object({
    type: v.literal('run'),
    jobId: v.string(),
    job: JobSpec,
    logLevel: v.picklist(LOG_LEVELS),
  }),
  v.object({ type: v.literal('cancel'), jobId: v.string() }),
  v.object({ type: v.literal('pause'), jobId: v.string(), paused: v.boolean() }),
]);
export type ToWorker = v.InferOutput<typeof ToWorker>;

const Envelope = v.object({
  code: v.string(),
  params: v.record(v.string(), v.union([v.string(), v.number()])),
});

export const FromWorker = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('progress'), progress: pushes['job/progress'] }),
  v.object({ type: v.literal('done'), jobId: v.string(), error: v.nullable(Envelope) }),
]);
export type FromWorker = v.InferOutput<typeof FromWorker>;
export type JobProgress = v.InferOutput<(typeof pushes)['job/progress']>;
