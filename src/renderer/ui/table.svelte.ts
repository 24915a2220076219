/** Rows by position; `at` returns undefined while a row is still on the way. */
export interface RowSource<Row> {
  readonly length: number;
  at(index: number): Row | undefined;
}

export interface SortOrder {
  readonly column: string;
  readonly descending: boolean;
}

/** Browsers lose precision and then rows beyond about 33 million pixels: longer tables scroll in proportion. */
const TALLEST = 20_000_000;
const OVERSCAN = 6;

/** Which rows of a virtual table are on show, and which one the keyboard is on. */
export class TableState {
  scrollTop = $state(0);
  viewHeight = $state(400);
  active = $state(0);

  constructor(
    private readonly count: () => number,
    private readonly rowHeight: () => number,
  ) {}

  readonly contentHeight = $derived.by(() => Math.min(TALLEST, this.count() * this.rowHeight()));

  readonly first = $derived.by(() => {
    const scrollable = Math.max(1, this.contentHeight - this.viewHeight);
    const fullScroll = Math.max(0, this.count() * this.rowHeight() - this.viewHeight);
    const top = (Math.min(this.scrollTop, scrollable) / scrollable) * fullScroll;
    return Math.max(0, Math.floor(top / this.rowHeight()) - OVERSCAN);
  });

  readonly last = $derived.by(() => {
    const rows = Math.ceil(this.viewHeight / this.rowHeight()) + 2 * OVERSCAN;
    return Math.min(this.count(), this.first + rows);
  });

  /** Where the first drawn row lies in the scrolled content. */
  readonly offset = $derived.by(() => {
    const full = this.count() * this.rowHeight();
    if (full <= TALLEST) return this.first * this.rowHeight();
    const scrollable = TALLEST - this.viewHeight;
    const top = (this.scrollTop / scrollable) * (full - this.viewHeight);
    return this.scrollTop - (top - this.first * this.rowHeight());
  });

  /** The row a key leads to, or null when the key does not move. */
  target(key: string): number | null {
    const page = Math.max(1, Math.floor(this.viewHeight / this.rowHeight()) - 1);
    const steps: Record<string, number> = {
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      PageDown: this.active + page,
      PageUp: this.active - page,
      Home: 0,
      End: this.count() - 1,
    };
    const wanted = steps[key];
    return wanted === undefined ? null : Math.max(0, Math.min(this.count() - 1, wanted));
  }

  /** The scroll position at which a row is in view; the present one when it already is. */
  scrollFor(index: number, headHeight: number): number {
    const full = this.count() * this.rowHeight();
    if (full > TALLEST) return (index / this.count()) * (TALLEST - this.viewHeight);
    const top = index * this.rowHeight();
    const room = this.viewHeight - headHeight;
    if (top < this.scrollTop) return top;
    if (top + this.rowHeight() > this.scrollTop + room) return top + this.rowHeight() - room;
    return this.scrollTop;
  }
}
