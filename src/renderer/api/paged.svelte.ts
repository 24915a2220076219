import { untrack } from 'svelte';
import type { Table } from '../../shared/contract/words';
import type { QueryHost } from './query.svelte';

const PAGE_ROWS = 200;
/** Pages read at once. What a fast scroll passed by is not read: of those that wait, the latest few are. */
const AT_ONCE = 2;
const WAITING = 3;

interface PageRequest {
  readonly offset: number;
  readonly limit: number;
}
interface TablePage {
  readonly total: number;
  readonly rows: readonly unknown[];
}

/** Rows of a table by columns, as objects by column name. */
export function rowsOf(table: Table): Record<string, unknown>[] {
  return Array.from({ length: table.rowCount }, (_, row) =>
    Object.fromEntries(table.names.map((name, i) => [name, table.columns[i]?.[row]])),
  );
}

/**
 * A long table read page by page as it scrolls into view: the engine sorts and filters, the window holds what was
 * looked at. `key` names what is asked (filter, sort, entity); another key starts over. Made while a component is set up.
 */
export class PagedRows<Row> {
  length = $state(0);
  error = $state.raw<unknown>(null);
  /** True until the first page is there. */
  loading = $state(true);
  startedAt = $state(0);
  #pages = $state.raw<ReadonlyMap<number, readonly Row[]>>(new Map());
  readonly #asked = new Map<number, Promise<void>>();
  /** Pages that are wanted and not asked for yet; the latest last. */
  readonly #waiting: number[] = [];
  #running = 0;
  #turn = 0;
  readonly #load: (page: PageRequest) => Promise<TablePage>;

  constructor(host: QueryHost, key: () => string | null, load: (page: PageRequest) => Promise<TablePage>) {
    this.#load = load;
    $effect(() => {
      void host.revision;
      const asked = key();
      untrack(() => this.#start(asked !== null));
    });
  }

  /** The row, or undefined while its page is on the way. */
  readonly at = (index: number): Row | undefined => {
    const page = Math.floor(index / PAGE_ROWS);
    const rows = this.#pages.get(page);
    if (rows === undefined) untrack(() => this.#want(page));
    return rows?.[index - page * PAGE_ROWS];
  };

  readonly reload = (): void => this.#start(true);

  #start(wanted: boolean): void {
    this.#turn += 1;
    this.#asked.clear();
    this.#waiting.length = 0;
    this.error = null;
    if (!wanted) {
      this.length = 0;
      this.#pages = new Map();
      this.loading = false;
      return;
    }
    this.loading = true;
    this.startedAt = performance.now();
    void this.#fetch(0);
  }

  /** Position of the first row that fits, in rows of which all after it fit too; their number when none does. */
  async firstWhere(fits: (row: Row) => boolean): Promise<number> {
    let [low, high] = [0, untrack(() => this.length)];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const page = Math.floor(middle / PAGE_ROWS);
      await this.#fetch(page);
      const row = this.#pages.get(page)?.[middle - page * PAGE_ROWS];
      if (row === undefined) return low;
      if (fits(row)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** What is still seen when a page arrives is wanted again, so a page that was passed by can be forgotten. */
  #want(page: number): void {
    if (this.#asked.has(page) || this.#waiting.includes(page)) return;
    this.#waiting.push(page);
    if (this.#waiting.length > WAITING) this.#waiting.shift();
    this.#next();
  }

  #next(): void {
    while (this.#running < AT_ONCE) {
      const page = this.#waiting.pop();
      if (page === undefined) return;
      this.#running += 1;
      void this.#fetch(page).finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
  }

  #fetch(page: number): Promise<void> {
    const known = this.#asked.get(page);
    if (known) return known;
    const asked = this.#read(page);
    this.#asked.set(page, asked);
    return asked;
  }

  async #read(page: number): Promise<void> {
    const turn = this.#turn;
    try {
      const { total, rows } = await this.#load({ offset: page * PAGE_ROWS, limit: PAGE_ROWS });
      if (turn !== this.#turn) return;
      // The first page of a new question replaces the old rows, so the table never flashes empty.
      this.#pages = new Map([...(this.loading ? [] : this.#pages), [page, rows as readonly Row[]]]);
      this.length = total;
      this.loading = false;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.error = error;
      this.loading = false;
    }
  }
}
