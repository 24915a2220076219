/** Names a record: its source, the file it lies in (by id, or by path and hash as an exhibit does) and its place there. */
export interface RecordKey {
  readonly kind: string;
  readonly recordNo: number;
  readonly file: number | { readonly path: string; readonly sha256: string };
}

/** A list of records to look through: what they stand for and how to page them. */
export interface RecordList {
  readonly title: string;
  readonly call:
    | 'findings/records'
    | 'entity/records'
    | 'incidents/timeline'
    | 'timeline/records'
    | 'compare/records'
    | 'map/records'
    | 'breakdown/records';
  readonly request: Readonly<Record<string, unknown>>;
}

/** What the evidence drawer shows: one record, or the records behind a number. */
export class RecordDrawerState {
  key = $state.raw<RecordKey | null>(null);
  list = $state.raw<RecordList | null>(null);
  /** What had the focus before, to give it back. */
  #before: Element | null = null;

  readonly isOpen = $derived(this.key !== null || this.list !== null);

  /** Opens one record. */
  readonly open = (key: RecordKey): void => {
    this.#remember();
    this.key = key;
  };

  /** Opens the records behind a number. */
  readonly openList = (list: RecordList): void => {
    this.#remember();
    this.key = null;
    this.list = list;
  };

  /** From the record back to its list. */
  readonly backToList = (): void => {
    this.key = null;
  };

  readonly close = (): void => {
    this.key = null;
    this.list = null;
    if (this.#before instanceof HTMLElement && this.#before.isConnected) this.#before.focus();
    this.#before = null;
  };

  #remember(): void {
    if (!this.isOpen) this.#before = document.activeElement;
  }
}
