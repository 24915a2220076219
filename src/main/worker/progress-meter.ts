import type { Progress } from '../pipeline/progress';
import type { JobProgress } from './messages';

const INTERVAL_MS = 100;
/** A forecast from less than this share of the phase misleads more than it helps. */
const SMALLEST_SHARE = 0.03;
const RATE_WINDOW_MS = 3000;

/** Makes of a job's own reports what the window shows: at most ten a second, with rate and time left. */
export class ProgressMeter {
  #phase = '';
  #phaseStartedAt = 0;
  #sentAt = -INTERVAL_MS;
  #filesDone = 0;
  #filesTotal = 0;
  #bytesDone = 0;
  #bytesTotal = 0;
  #records = 0;
  #marks: { readonly at: number; readonly records: number }[] = [];

  constructor(
    private readonly jobId: string,
    private readonly send: (progress: JobProgress) => void,
    /** Milliseconds of a clock that never goes back. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  report(progress: Progress): void {
    const at = this.now();
    const isNewPhase = progress.phase !== this.#phase;
    if (isNewPhase) this.#startPhase(progress.phase, at);
    this.#filesDone = progress.filesDone ?? this.#filesDone;
    this.#filesTotal = progress.filesTotal ?? this.#filesTotal;
    this.#bytesDone = progress.bytesDone ?? this.#bytesDone;
    this.#bytesTotal = progress.bytesTotal ?? this.#bytesTotal;
    this.#records = progress.records ?? this.#records;
    if (!isNewPhase && at - this.#sentAt < INTERVAL_MS) return;
    this.#sentAt = at;
    this.send({
      jobId: this.jobId,
      phase: progress.phase,
      step: progress.step,
      share: Math.min(1, Math.max(0, progress.share)),
      filesDone: this.#filesDone,
      filesTotal: this.#filesTotal,
      bytesDone: this.#bytesDone,
      bytesTotal: this.#bytesTotal,
      records: this.#records,
      recordsPerSecond: this.#rate(at),
      secondsLeft: this.#secondsLeft(at, progress.share),
    });
  }

  #startPhase(phase: string, at: number): void {
    this.#phase = phase;
    this.#phaseStartedAt = at;
    this.#marks = [];
  }

  #rate(at: number): number {
    this.#marks.push({ at, records: this.#records });
    while (this.#marks.length > 2 && at - (this.#marks[0]?.at ?? at) > RATE_WINDOW_MS) this.#marks.shift();
    const [oldest] = this.#marks;
    const seconds = oldest === undefined ? 0 : (at - oldest.at) / 1000;
    return oldest === undefined || seconds <= 0 ? 0 : Math.round((this.#records - oldest.records) / seconds);
  }

  #secondsLeft(at: number, share: number): number | null {
    if (share < SMALLEST_SHARE) return null;
    const elapsed = (at - this.#phaseStartedAt) / 1000;
    return Math.round((elapsed * (1 - Math.min(1, share))) / share);
  }
}
