import { cellText } from './cell-text';

/** A leading character by which a spreadsheet takes a text for a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** One field of RFC 4180 CSV; a text that a spreadsheet would run as a formula gets a leading apostrophe. */
function csvField(value: unknown): string {
  const raw = cellText(value);
  const safe = typeof value === 'string' && FORMULA.test(raw) ? `'${raw}` : raw;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line of RFC 4180 CSV, without its line end. */
export function csvLine(values: readonly unknown[]): string {
  return values.map(csvField).join(',');
}
