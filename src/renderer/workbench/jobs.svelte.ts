import type { Pushes } from '../../shared/contract/events';
import { AppError } from '../../shared/errors/app-error';
import type { Client } from '../api/client';

type JobProgress = Pushes['job/progress'];

/** The running import or analysis. One runs at a time per window. */
export class Jobs {
  /** Id of the job under way, null when none is. */
  running = $state<string | null>(null);
  progress = $state.raw<JobProgress | null>(null);
  cancelling = $state(false);
  paused = $state(false);
  readonly #ended = new Set<(error: AppError | null) => void>();

  constructor(private readonly client: Client) {
    $effect(() => client.on('job/progress', (progress) => this.#advance(progress)));
    $effect(() =>
      client.on('job/paused', ({ jobId, paused }) => {
        if (jobId === this.running) this.paused = paused;
      }),
    );
    $effect(() =>
      client.on('job/done', ({ jobId, error }) => {
        if (this.running !== null && jobId !== this.running) return;
        this.#end(error === null ? null : new AppError(error.code as AppError['code'], error.params));
      }),
    );
  }

  started(jobId: string): void {
    this.running = jobId;
    this.cancelling = false;
    this.paused = false;
    if (this.progress?.jobId !== jobId) this.progress = null;
  }

  async cancel(): Promise<void> {
    if (this.running === null) return;
    this.cancelling = true;
    await this.client.call('job/cancel', { jobId: this.running });
  }

  /** Lets the job wait between two files or steps, or go on. */
  async pause(paused: boolean): Promise<void> {
    if (this.running === null) return;
    await this.client.call('job/pause', { jobId: this.running, paused });
  }

  /** Calls the listener whenever a job ends, with its error or null. */
  onEnd(listener: (error: AppError | null) => void): () => void {
    this.#ended.add(listener);
    return () => this.#ended.delete(listener);
  }

  #advance(progress: JobProgress): void {
    this.running = progress.jobId;
    this.progress = progress;
  }

  #end(error: AppError | null): void {
    this.running = null;
    this.progress = null;
    this.cancelling = false;
    this.paused = false;
    for (const listener of this.#ended) listener(error);
  }
}
