import type { CoverageDay } from '../model';
import { escapePlain } from './escape';

const WIDTH = 494;
const LEFT = 150;
const ROW = 11;
const MAX_ROWS = 28;
/** Columns that can be told apart on paper; longer spans are drawn by several days a column. */
const MAX_COLUMNS = 120;
const DAY = 86_400_000;

interface Row {
  readonly name: string;
  readonly total: number;
  readonly byColumn: Map<number, number>;
}

/** A row for each source, account and Region, a column for each day; rows with the most records first within a source. */
export function coverageFigure(days: readonly CoverageDay[]): { svg: string; hidden: number } {
  const [first, last] = span(days);
  const step = Math.max(1, Math.ceil(((last - first) / DAY + 1) / MAX_COLUMNS));
  const columns = Math.floor((last - first) / DAY / step) + 1;
  const rows = rowsOf(days, (day) => Math.floor((Date.parse(day) - first) / DAY / step));
  const shown = rows.slice(0, MAX_ROWS);
  const cell = (WIDTH - LEFT - 6) / columns;
  const body = shown.map((row, i) => {
    const y = 16 + i * ROW;
    const most = Math.max(...row.byColumn.values());
    const cells = [...row.byColumn].map(
      ([column, n]) =>
        `<rect x="${(LEFT + column * cell).toFixed(2)}" y="${y}" width="${Math.max(0.6, cell - 0.4).toFixed(2)}" height="${ROW - 2}" fill="#14568f" fill-opacity="${(0.25 + (0.75 * Math.log1p(n)) / Math.log1p(most)).toFixed(2)}"/>`,
    );
    return `<text x="0" y="${y + 7.5}" font-size="6.2" fill="#1b2430">${escapePlain(row.name)}</text><rect x="${LEFT}" y="${y}" width="${WIDTH - LEFT - 6}" height="${ROW - 2}" fill="none" stroke="#d9e0e8" stroke-width="0.4"/>${cells.join('')}`;
  });
  const label = (time: number) => (Number.isFinite(time) ? new Date(time).toISOString().slice(0, 10) : '');
  const head = `<text x="${LEFT}" y="10" font-size="6.2" fill="#56677c">${label(first)}</text><text x="${WIDTH - 6}" y="10" font-size="6.2" fill="#56677c" text-anchor="end">${label(last)}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${20 + shown.length * ROW}" role="img" aria-label="Records a day">${head}${body.join('')}</svg>`;
  return { svg, hidden: rows.length - shown.length };
}

function span(days: readonly CoverageDay[]): [number, number] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { day } of days) {
    const time = Date.parse(day);
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  return days.length === 0 ? [0, 0] : [first, last];
}

function rowsOf(days: readonly CoverageDay[], columnOf: (day: string) => number): Row[] {
  const rows = new Map<string, { source: string; total: number; byColumn: Map<number, number> }>();
  for (const { source, account, region, day, records } of days) {
    const name = [source, account, region].filter(Boolean).join('  ');
    const row = rows.get(name) ?? { source, total: 0, byColumn: new Map<number, number>() };
    const column = columnOf(day);
    row.total += records;
    row.byColumn.set(column, (row.byColumn.get(column) ?? 0) + records);
    rows.set(name, row);
  }
  return [...rows]
    .map(([name, row]) => ({ name, ...row }))
    .sort((a, b) => a.source.localeCompare(b.source) || b.total - a.total || a.name.localeCompare(b.name));
}
