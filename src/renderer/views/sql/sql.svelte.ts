import { cellText } from '../../../shared/text/cell-text';
import { csvLine } from '../../../shared/text/csv';
import type { ResponseOf } from '../../../shared/contract/index';
import type { Client } from '../../api/client';
import type { Column } from '../../ui/DataTable.svelte';
import type { RowSource } from '../../ui/table.svelte';

const FIGURES = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL.*)$/;

/** The console: a text, its last result, and the texts run before in this session. */
export class SqlState {
  readonly limit = 5000;
  text = $state(
    'SELECT event_source, event_name, count(*) AS calls\nFROM events\nGROUP BY ALL\nORDER BY calls DESC',
  );
  result = $state.raw<ResponseOf<'sql/run'> | null>(null);
  error = $state.raw<unknown>(null);
  isRunning = $state(false);
  startedAt = $state(0);
  earlier = $state.raw<readonly string[]>([]);

  constructor(private readonly client: Client) {}

  readonly columns: readonly Column<number>[] = $derived.by(() => {
    const { result } = this;
    if (!result) return [];
    return result.names.map((name, i) => {
      const isFigure = FIGURES.test(result.types[i] ?? '');
      return {
        id: `${i}`,
        title: name,
        width: `minmax(${isFigure ? 80 : 130}px, 1fr)`,
        figure: isFigure,
        mono: true,
        text: (row: number) => cellText(result.columns[i]?.[row]),
      };
    });
  });

  readonly rows: RowSource<number> = $derived({
    length: this.result?.rowCount ?? 0,
    at: (index: number) => index,
  });

  async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    this.startedAt = performance.now();
    const { text } = this;
    try {
      this.result = await this.client.call('sql/run', { text, limit: this.limit });
      this.error = null;
      this.earlier = [text, ...this.earlier.filter((other) => other !== text)].slice(0, 50);
    } catch (error) {
      this.error = error;
      this.result = null;
    }
    this.isRunning = false;
  }

  /** The result as CSV (RFC 4180), with a first row of names. */
  asCsv(): string {
    const { result } = this;
    if (!result) return '';
    const lines = Array.from({ length: result.rowCount }, (_, row) =>
      csvLine(result.columns.map((column) => column[row])),
    );
    return [csvLine(result.names), ...lines].join('\r\n');
  }
}
