import type { Severity } from '../../shared/model/severity';
import type { TimeRange } from '../../shared/model/time';
import { toMillis } from '../format/time';

/** Equal steps of a span in which no moments are named. */
const STEPS = 240;
/** From one named moment to the next, and from one equal step to the next, in milliseconds of the viewer's time. */
const MOMENT_MS = 800;
const STEP_MS = 120;

/**
 * The one moment that is played back: graph, map, timeline, charts and tables of the window show the evidence as it was
 * by then. Nothing is played while `range` is null.
 */
export class Scrubber {
  range = $state.raw<TimeRange | null>(null);
  isPlaying = $state(false);
  /** While played, findings below this are not shown in the graph. */
  leastSeverity = $state<Severity>('informational');
  #moments = $state.raw<readonly number[]>([]);
  #step = $state(0);

  readonly isOpen = $derived(this.range !== null);
  readonly last = $derived(Math.max(0, this.#moments.length - 1));
  readonly step = $derived(Math.min(this.#step, this.last));
  /** The moment, in milliseconds; null when nothing is played. */
  readonly moment: number | null = $derived(this.range === null ? null : (this.#moments[this.step] ?? null));

  /** Starts at the beginning of a span. `moments` (milliseconds) are where something new happens; without, equal steps. */
  start(range: TimeRange, moments: readonly number[] = []): void {
    const [from, to] = [toMillis(range.from), toMillis(range.to)];
    const named = [...new Set(moments.filter((at) => at >= from && at <= to))].sort((a, b) => a - b);
    this.range = range;
    this.#moments =
      named.length > 1
        ? named
        : Array.from({ length: STEPS + 1 }, (_, i) => Math.round(from + ((to - from) * i) / STEPS));
    this.#step = 0;
    this.isPlaying = !globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches;
  }

  close(): void {
    this.range = null;
    this.isPlaying = false;
  }

  /** Goes to a step by hand; playing stops. */
  goTo(step: number): void {
    this.isPlaying = false;
    this.#step = Math.max(0, Math.min(this.last, step));
  }

  toggle(): void {
    if (!this.isPlaying && this.step >= this.last) this.#step = 0;
    this.isPlaying = !this.isPlaying;
  }

  /** One step onwards; the last one ends the play. */
  advance(): void {
    if (this.step >= this.last) this.isPlaying = false;
    else this.#step = this.step + 1;
  }

  /** How long a step is shown, in milliseconds. */
  get pace(): number {
    return this.#moments.length > STEPS ? STEP_MS : MOMENT_MS;
  }
}
