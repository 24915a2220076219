import type { Handlers } from '../../queries/handlers';
import type { CurrentCase } from '../current-case';
import type { Jobs } from '../jobs';

type JobCall = 'analysis/run' | 'analysis/regroup' | 'job/pause' | 'job/cancel';

/** Jobs over the open case, and letting one wait or end. */
export function jobHandlers(current: CurrentCase, jobs: Jobs): Handlers<JobCall> {
  return {
    'analysis/run': async ({ baselineDays }) => {
      const caseDir = current.writableFolder().path;
      return { jobId: await jobs.start({ kind: 'analyse', caseDir, baselineDays }) };
    },
    'job/pause': ({ jobId, paused }) => {
      jobs.pause(jobId, paused);
      return Promise.resolve(null);
    },
    'analysis/regroup': async () => {
      const caseDir = current.writableFolder().path;
      return { jobId: await jobs.start({ kind: 'regroup', caseDir }) };
    },
    'job/cancel': ({ jobId }) => {
      jobs.cancel(jobId);
      return Promise.resolve(null);
    },
  };
}
