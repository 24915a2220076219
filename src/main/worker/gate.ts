/** Where a job waits while it is paused. */
export class Gate {
  #opened: Promise<void> | null = null;
  #open: () => void = () => {};
  #closedAt = 0;
  #closedMs = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Milliseconds in which it was closed, so far. */
  get closedMs(): number {
    return this.#closedMs + (this.#opened === null ? 0 : this.now() - this.#closedAt);
  }

  close(): void {
    if (this.#opened !== null) return;
    this.#closedAt = this.now();
    this.#opened = new Promise((open) => (this.#open = open));
  }

  open(): void {
    this.#closedMs = this.closedMs;
    this.#opened = null;
    this.#open();
  }

  /** Ends when it is open: at once, mostly. */
  async pass(): Promise<void> {
    while (this.#opened !== null) await this.#opened;
  }
}
