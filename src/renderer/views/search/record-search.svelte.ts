import { untrack } from 'svelte';
import type { TimeRange } from '../../../shared/model/time';
import type { QueryHost } from '../../api/query.svelte';
import { recordRows, type RecordRow } from '../../parts/record-row';

interface Asked {
  readonly text: string;
  readonly scope: TimeRange | null;
}

/** Records that are listed; all others are counted. */
const LISTED = 500;

/**
 * The records that fit a text, as they are found: the window asks for stretch after stretch and can stop between two.
 * Another text, scope or content of the case starts over. Made while a component is set up.
 */
export class RecordSearch {
  /** The newest of those found, newest first. */
  rows = $state.raw<readonly RecordRow[]>([]);
  total = $state(0);
  /** 0..1 of the records were looked at. */
  share = $state(0);
  running = $state(false);
  error = $state.raw<unknown>(null);
  /** Milliseconds spent searching, and until the first record was found. */
  spent = $state(0);
  firstAfter = $state<number | null>(null);
  #turn = 0;
  #next: number | null = null;
  #steps: number | null = null;
  readonly #host: QueryHost;
  readonly #asked: () => Asked | null;

  constructor(host: QueryHost, asked: () => Asked | null) {
    this.#host = host;
    this.#asked = asked;
    const key = $derived.by(() => JSON.stringify(asked()));
    $effect(() => {
      void host.revision;
      void key;
      untrack(this.restart);
      return () => (this.#turn += 1);
    });
  }

  /** Whether it ended before everything was looked at. */
  get isStopped(): boolean {
    return !this.running && this.error === null && this.share < 1;
  }

  readonly restart = (): void => {
    this.rows = [];
    this.total = 0;
    this.share = 0;
    this.spent = 0;
    this.firstAfter = null;
    this.#next = 0;
    this.#steps = null;
    void this.#run();
  };

  readonly stop = (): void => {
    this.#turn += 1;
    this.running = false;
  };

  /** Goes on where it was stopped. */
  readonly resume = (): void => {
    if (!this.running) void this.#run();
  };

  async #run(): Promise<void> {
    const turn = (this.#turn += 1);
    const asked = untrack(this.#asked);
    this.error = null;
    this.running = asked !== null;
    if (asked === null) return;
    let since = performance.now();
    try {
      while (this.#next !== null) {
        const notBefore = this.rows.length < LISTED ? null : (this.rows.at(-1)?.time ?? null);
        const found = await this.#host.client.call('search/records', {
          ...asked,
          limit: LISTED,
          at: this.#next,
          notBefore,
        });
        if (turn !== this.#turn) return;
        // The case grew meanwhile: the steps are others now.
        if (this.#steps !== null && this.#steps !== found.steps) return this.restart();
        this.spent += performance.now() - since;
        since = performance.now();
        this.#steps = found.steps;
        this.#next = found.next;
        this.share = found.share;
        this.total += found.records.total;
        if (found.records.total > 0) this.firstAfter ??= this.spent;
        this.rows = newest([...this.rows, ...recordRows(found.records)]);
      }
    } catch (error) {
      if (turn !== this.#turn) return;
      this.error = error;
    }
    this.running = false;
  }
}

function newest(rows: readonly RecordRow[]): readonly RecordRow[] {
  return [...rows]
    .sort(
      (a, b) =>
        compare(b.time, a.time) ||
        compare(a.source, b.source) ||
        a.fileId - b.fileId ||
        a.recordNo - b.recordNo,
    )
    .slice(0, LISTED);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
