import * as v from 'valibot';
import { FromWorker, type JobProgress, type JobSpec, type ToWorker } from '../worker/messages';
import type { ErrorEnvelope } from '../../shared/errors/app-error';
import { DEFAULT_LOG_LEVEL, type LogLevel } from '../../shared/model/log-level';

/** A running worker process, as far as the supervisor uses it. */
export interface WorkerProcess {
  send(message: ToWorker): void;
  onMessage(listener: (message: unknown) => void): void;
  /** `detail`: exit code or signal, for the message to a person. */
  onExit(listener: (detail: string) => void): void;
  kill(): void;
}

interface SupervisorEvents {
  readonly progress: (progress: JobProgress) => void;
  readonly done: (jobId: string, error: ErrorEnvelope | null) => void;
  /** The worker ended unasked; when `resumed`, its job was given to the next one. */
  readonly restarted: (detail: string, resumed: boolean) => void;
}

interface RunningJob {
  readonly jobId: string;
  readonly job: JobSpec;
  readonly logLevel: LogLevel;
  readonly attempt: number;
  readonly paused: boolean;
}

const ATTEMPTS = 2;

/** Keeps a worker at hand: starts it for the first job, starts it again when it dies and resumes its job once. */
export class WorkerSupervisor {
  #worker: WorkerProcess | null = null;
  #running: RunningJob | null = null;

  constructor(
    private readonly fork: () => WorkerProcess,
    private readonly events: SupervisorEvents,
  ) {}

  get runningJobId(): string | null {
    return this.#running?.jobId ?? null;
  }

  run(jobId: string, job: JobSpec, logLevel: LogLevel = DEFAULT_LOG_LEVEL): void {
    this.#running = { jobId, job, logLevel, attempt: 1, paused: false };
    this.#send({ type: 'run', jobId, job, logLevel });
  }

  cancel(jobId: string): void {
    if (this.#running?.jobId === jobId) this.#send({ type: 'cancel', jobId });
  }

  /** A job that is paused stays so when its worker dies and the next one goes on with it. */
  pause(jobId: string, paused: boolean): void {
    if (this.#running?.jobId !== jobId) return;
    this.#running = { ...this.#running, paused };
    this.#send({ type: 'pause', jobId, paused });
  }

  /** Ends the worker; its job stays unfinished. */
  stop(): void {
    const worker = this.#worker;
    this.#worker = null;
    this.#running = null;
    worker?.kill();
  }

  #send(message: ToWorker): void {
    this.#worker ??= this.#start();
    this.#worker.send(message);
  }

  #start(): WorkerProcess {
    const worker = this.fork();
    worker.onMessage((message) => {
      if (worker === this.#worker) this.#receive(message);
    });
    worker.onExit((detail) => {
      if (worker === this.#worker) this.#exited(detail);
    });
    return worker;
  }

  #receive(message: unknown): void {
    const parsed = v.safeParse(FromWorker, message);
    // A worker that was taken over by what it read could send anything: what is not of the protocol is dropped.
    if (!parsed.success) return;
    const event = parsed.output;
    if (event.type === 'progress') this.events.progress(event.progress);
    if (event.type === 'done' && event.jobId === this.#running?.jobId) {
      this.#running = null;
      this.events.done(event.jobId, event.error as ErrorEnvelope | null);
    }
  }

  #exited(detail: string): void {
    this.#worker = null;
    const interrupted = this.#running;
    const resumes = interrupted !== null && interrupted.attempt < ATTEMPTS;
    this.events.restarted(detail, resumes);
    if (interrupted === null) return;
    if (resumes) {
      this.#running = { ...interrupted, attempt: interrupted.attempt + 1 };
      const { jobId, job, logLevel, paused } = interrupted;
      this.#send({ type: 'run', jobId, job, logLevel });
      if (paused) this.#send({ type: 'pause', jobId, paused });
    } else {
      this.#running = null;
      this.events.done(interrupted.jobId, { code: 'worker.gone', params: { detail } });
    }
  }
}
