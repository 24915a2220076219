import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/errors/app-error';
import type { JobSpec } from '../worker/messages';
import type { CurrentCase } from './current-case';
import type { Push } from './ipc';
import { forgetJob, noteJob } from './job-file';
import type { Support } from './support';
import { WorkerSupervisor, type WorkerProcess } from './worker-supervisor';

/** While a case grows, what is on show is read again at most this often. */
const REFRESH_MS = 2500;

/** Runs the long jobs of the open case in the worker and tells the window about them. */
export class Jobs {
  readonly #supervisor: WorkerSupervisor;
  #refreshedAt = 0;
  #caseDir: string | null = null;

  constructor(
    fork: () => WorkerProcess,
    private readonly current: CurrentCase,
    private readonly push: Push,
    private readonly support: Support,
  ) {
    this.#supervisor = new WorkerSupervisor(fork, {
      progress: (progress) => {
        push('job/progress', progress);
        if (Date.now() - this.#refreshedAt >= REFRESH_MS) void this.#refresh();
      },
      done: (jobId, error) => {
        if (error !== null) support.log.error('job.failed', { code: error.code });
        void this.#finish(jobId, error);
      },
      restarted: (detail) => {
        support.gone('worker', detail);
        push('worker/restarted', { detail });
      },
    });
  }

  /** Errors: `job.running` while another job is under way. */
  assertIdle(): void {
    if (this.#supervisor.runningJobId !== null) throw new AppError('job.running');
  }

  /** Starts a job and gives its id; how it goes on arrives as pushes. Errors: `job.running`. */
  async start(job: JobSpec): Promise<string> {
    this.assertIdle();
    const jobId = randomUUID();
    this.#caseDir = job.caseDir;
    await noteJob(job.caseDir, job);
    this.support.log.info('job.started', { kind: job.kind });
    this.#supervisor.run(jobId, job, this.support.level);
    return jobId;
  }

  cancel(jobId: string): void {
    this.#supervisor.cancel(jobId);
  }

  /** Lets the job wait between two files or steps, or go on. What is in can be worked with meanwhile. */
  pause(jobId: string, paused: boolean): void {
    if (this.#supervisor.runningJobId !== jobId) return;
    this.#supervisor.pause(jobId, paused);
    this.support.log.info('job.paused', { paused });
    this.push('job/paused', { jobId, paused });
    if (paused) void this.#refresh();
  }

  /** Ends the worker with the application; a job under way is resumed when its case is opened next. */
  stop(): void {
    this.#supervisor.stop();
  }

  async #finish(jobId: string, error: Parameters<typeof this.push<'job/done'>>[1]['error']): Promise<void> {
    if (this.#caseDir !== null) await forgetJob(this.#caseDir).catch(() => undefined);
    await this.#refresh();
    this.push('job/done', { jobId, error });
  }

  async #refresh(): Promise<void> {
    this.#refreshedAt = Date.now();
    // What cannot be read at this moment is read at the next progress or at the next question.
    const isChanged = await this.current.refresh().catch(() => false);
    if (isChanged) this.push('case/changed', { path: this.current.path });
  }
}
