import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error';
import type { Arrival } from './look';
import { readQueue, writeQueue, type Job } from './queue-file';

/** What a watcher tells while it works, one a line. */
export interface WatchEvent {
  readonly event: 'found' | 'started' | 'done' | 'issues' | 'failed' | 'idle';
  readonly at: string;
  readonly name?: string;
  readonly out?: string;
  readonly incidents?: number;
  readonly detail?: string;
}

export interface WatchWorld {
  readonly look: () => Promise<readonly Arrival[]>;
  /** Makes case, reports and exports of a bundle. */
  readonly work: (bundle: string, out: string) => Promise<{ incidents: number; detail: string }>;
  readonly now: () => number;
  /** Waits until it is time to look again, or until the signal. */
  readonly pause: () => Promise<void>;
  readonly tell: (event: WatchEvent) => Promise<void>;
  readonly signal: AbortSignal;
}

interface WatchOrder {
  readonly folder: string;
  readonly out: string;
  /** How long a bundle must have lain unchanged, in milliseconds. */
  readonly settleMs: number;
  /** Ends when nothing is left to do and nothing is being written. */
  readonly once: boolean;
  /** Takes up what failed. */
  readonly retry: boolean;
}

/** A bundle whose job ended its watcher this often is not tried again by itself. */
const ATTEMPTS = 2;
/** The queue in the output folder. */
export const QUEUE_FILE = 'watch.json';

/**
 * Takes every bundle that arrives in a folder once it has settled, one after the other, each into a folder of its own.
 * What was done is in the queue file before the next begins, so that a watcher which is killed goes on where it was. A
 * bundle that changed after it was done is another one. Gives the jobs as they stand when it ends.
 */
export async function watch(order: WatchOrder, world: WatchWorld): Promise<readonly Job[]> {
  const jobs = await readQueue(join(order.out, QUEUE_FILE), order.folder);
  await new Watcher(order, world, jobs).run();
  return jobs;
}

class Watcher {
  readonly #seen = new Map<string, { readonly state: string; readonly since: number }>();
  /** What this watcher took up again, once each. */
  readonly #retried = new Set<Job>();

  constructor(
    private readonly order: WatchOrder,
    private readonly world: WatchWorld,
    private readonly jobs: Job[],
  ) {}

  async run(): Promise<void> {
    const { signal, look, pause, tell } = this.world;
    for (const job of this.jobs)
      if (job.stage === 'running' && job.attempts >= ATTEMPTS)
        await this.#end(job, 'failed', { detail: `It ended the program ${ATTEMPTS} times.` });
    let wasIdle = false;
    while (!signal.aborted) {
      const { worked, unsettled } = await this.#turn(await look());
      if (signal.aborted || (this.order.once && unsettled === 0)) return;
      const isIdle = unsettled === 0;
      if (isIdle && (!wasIdle || worked > 0)) await tell({ event: 'idle', at: this.#time() });
      wasIdle = isIdle;
      await pause();
    }
  }

  /** Works off what has settled; tells how much that was, and how much is still being written. */
  async #turn(arrivals: readonly Arrival[]): Promise<{ worked: number; unsettled: number }> {
    let worked = 0;
    let unsettled = 0;
    for (const arrival of arrivals) {
      const known = this.#known(arrival);
      if (!known && !(await this.#hasSettled(arrival))) {
        unsettled += 1;
        continue;
      }
      const job = known ?? this.#add(arrival);
      if (!this.#isDue(job)) continue;
      await this.#work(job);
      worked += 1;
      if (this.world.signal.aborted) break;
    }
    return { worked, unsettled };
  }

  #known({ name, state }: Arrival): Job | undefined {
    return this.jobs.find((job) => job.name === name && job.state === state);
  }

  async #hasSettled({ name, state }: Arrival): Promise<boolean> {
    const now = this.world.now();
    const before = this.#seen.get(name);
    if (before === undefined) await this.world.tell({ event: 'found', at: this.#time(), name });
    if (before?.state !== state) this.#seen.set(name, { state, since: now });
    return now - (this.#seen.get(name)?.since ?? now) >= this.order.settleMs;
  }

  #isDue(job: Job): boolean {
    if (job.stage === 'running') return job.attempts < ATTEMPTS;
    return job.stage === 'failed' && this.order.retry && !this.#retried.has(job);
  }

  #add({ name, path, state }: Arrival): Job {
    const job: Job = {
      name,
      path,
      state,
      out: freeName(name, this.jobs),
      stage: 'running',
      attempts: 0,
      startedAt: this.#time(),
      endedAt: null,
      incidents: null,
      detail: '',
    };
    this.jobs.push(job);
    return job;
  }

  async #work(job: Job): Promise<void> {
    this.#retried.add(job);
    const attempts = job.stage === 'failed' ? 1 : job.attempts + 1;
    Object.assign(job, { stage: 'running', attempts, startedAt: this.#time(), endedAt: null });
    await this.#save();
    await this.world.tell({ event: 'started', at: this.#time(), name: job.name, out: job.out });
    try {
      const { incidents, detail } = await this.world.work(job.path, join(this.order.out, job.out));
      await this.#end(job, detail === '' ? 'done' : 'issues', { incidents, detail });
    } catch (error) {
      if (this.world.signal.aborted) {
        // Stopped by its user: it did not fail, and is gone on with.
        job.attempts -= 1;
        await this.#save();
        return;
      }
      const code = error instanceof AppError ? `${error.code}: ` : '';
      const detail = error instanceof Error ? error.message : String(error);
      await this.#end(job, 'failed', { detail: code + detail });
    }
  }

  async #end(
    job: Job,
    stage: 'done' | 'issues' | 'failed',
    told: { readonly incidents?: number; readonly detail: string },
  ): Promise<void> {
    Object.assign(job, { stage, ...told, endedAt: this.#time() });
    await this.#save();
    const { name, out } = job;
    const { incidents, detail } = told;
    await this.world.tell({
      event: stage,
      at: this.#time(),
      name,
      out,
      ...(incidents === undefined ? {} : { incidents }),
      ...(stage === 'done' ? {} : { detail }),
    });
  }

  #save(): Promise<void> {
    return writeQueue(join(this.order.out, QUEUE_FILE), this.order.folder, this.jobs);
  }

  #time(): string {
    return new Date(this.world.now()).toISOString();
  }
}

/** A name for the output that no job has, without the ending of an archive. */
function freeName(name: string, jobs: readonly Job[]): string {
  const plain = name.replace(/(?:\.(?:zip|tar|gz|tgz|zst|json|jsonl|log|csv|parquet))+$/gi, '') || name;
  const taken = new Set(jobs.map((j) => j.out.toLowerCase()));
  let free = plain === QUEUE_FILE || plain === 'lock' ? `${plain}-1` : plain;
  for (let n = 2; taken.has(free.toLowerCase()); n += 1) free = `${plain}-${n}`;
  return free;
}
