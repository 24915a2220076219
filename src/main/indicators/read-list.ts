import { AppError } from '../../shared/errors/app-error';
import { readCsv } from './formats/csv';
import { isMisp, readMisp } from './formats/misp';
import type { ParsedList } from './formats/parsed';
import { isStix, readStix } from './formats/stix';
import { readText } from './formats/text';
import type { Indicator } from './indicator';

/** Characters of a list that are read: far more than the largest public feeds have. */
export const LARGEST_LIST = 200 * 1024 * 1024;

/** Reads a list of indicators by its content: STIX or MISP as JSON, CSV, else plain text. Errors: `indicators.unreadable`. */
export function readList(text: string, path: string): ParsedList {
  const body = text.replace(/^\uFEFF/, '');
  const list = /^\s*[[{]/.test(body) ? readJson(body, path) : isTable(body) ? readCsv(body) : readText(body);
  if (list.indicators.length === 0)
    throw new AppError('indicators.unreadable', { path, detail: 'no indicator was recognised in it' });
  return { ...list, indicators: unique(list.indicators) };
}

function readJson(text: string, path: string): ParsedList {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new AppError('indicators.unreadable', {
      path,
      detail: error instanceof Error ? error.message : String(error),
    });
  }
  if (isStix(document)) return readStix(document);
  if (isMisp(document)) return readMisp(document);
  if (Array.isArray(document) && document.every((item) => typeof item === 'string'))
    return readText(document.join('\n'));
  throw new AppError('indicators.unreadable', { path, detail: 'it is JSON, but neither STIX nor MISP' });
}

/** A separator in most of the first lines that are no comments. */
function isTable(text: string): boolean {
  const lines = text
    .slice(0, 20_000)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .slice(0, 10);
  return lines.length > 0 && lines.filter((line) => /[,;\t]/.test(line)).length > lines.length / 2;
}

/** The first of each type and value. */
function unique(indicators: readonly Indicator[]): Indicator[] {
  const known = new Map<string, Indicator>();
  for (const indicator of indicators) {
    const key = `${indicator.type} ${indicator.value}`;
    if (!known.has(key)) known.set(key, indicator);
  }
  return [...known.values()];
}
