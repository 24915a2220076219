import { csvLine } from '../../shared/text/csv';
import type { Columns } from '../db/database';

/** A value as one line of JSON with a line break. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

// C0/C1 controls, DEL and the bidirectional overrides: an attacker's text must not drive the terminal.

const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text that is safe on a terminal: control characters are shown as \\xNN or \\uNNNN. */
export function plain(text: string): string {
  return text.replace(CONTROLS, (c) => {
    const code = c.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
}

/** Lines of aligned columns for a person. */
export function alignedTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map((cell) => plain(cell).replaceAll('\n', ' ')));
  const widths = head.map((title, i) => Math.max(title.length, ...safe.map((row) => (row[i] ?? '').length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((w) => '-'.repeat(w))), ...safe.map(line)].join('\n') + '\n';
}

/** RFC 4180 CSV; cells that a spreadsheet would run as a formula get a leading apostrophe. */
export function csv(result: Columns): string {
  const lines = [csvLine(result.names)];
  for (let row = 0; row < result.rowCount; row += 1) {
    lines.push(csvLine(result.columns.map((column) => column[row])));
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** Rows of a result as objects, for JSON. */
export function objects(result: Columns): Record<string, unknown>[] {
  return Array.from({ length: result.rowCount }, (_, row) =>
    Object.fromEntries(result.names.map((name, i) => [name, result.columns[i]?.[row] ?? null])),
  );
}
