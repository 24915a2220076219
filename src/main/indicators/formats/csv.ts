import { SEVERITIES } from '../../../shared/model/severity';
import { DEFAULT_SEVERITY, type Indicator, type IndicatorType, recognise } from '../indicator';
import { ListReader, type ParsedList } from './parsed';

const VALUE = /^(?:value|indicator|ioc|observable|artifact|address|ip|domain|hash|url)$/i;
const TYPE = /^(?:type|kind|indicator[ _]?type|category)$/i;
const LABEL = /^(?:label|comment|description|note|tag|tags|threat|source)$/i;
const SEVERITY = /^(?:severity|level|threat[ _]?level)$/i;
const AGENT = /user.?agent|tool/i;

/** RFC 4180 with a head that names the value; without a known head the first cell of a row that is an indicator counts. */
export function readCsv(text: string): ParsedList {
  const reader = new ListReader();
  const [head = [], ...rows] = records(text);
  const column = (name: RegExp) => head.findIndex((cell) => name.test(cell.trim()));
  const [value, type, label, severity] = [column(VALUE), column(TYPE), column(LABEL), column(SEVERITY)];
  const body = value >= 0 ? rows : [head, ...rows];
  for (const [i, row] of body.entries()) {
    if (row.every((cell) => cell.trim() === '')) continue;
    const cell = (at: number) => (at < 0 ? '' : (row[at] ?? '').trim());
    const text = value >= 0 ? cell(value) : (row.find((c) => recognise(c) !== null) ?? '').trim();
    const told = {
      label: cell(label),
      severity: SEVERITIES.find((s) => s === cell(severity).toLowerCase()) ?? DEFAULT_SEVERITY,
    };
    const found: { type: IndicatorType; value: string } | null =
      AGENT.test(cell(type)) && text !== '' ? { type: 'userAgent', value: text } : recognise(text);
    if (found) reader.indicators.push({ ...found, ...told } satisfies Indicator);
    else reader.skip(`row ${i + (value >= 0 ? 2 : 1)}`, row.join(','), 'no indicator in it');
  }
  return reader.list('csv');
}

/** Rows of cells; a quoted cell may hold commas, quotes and line breaks. */
function records(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^",;\t\r\n]*)(,|;|\t|\r\n|\n|\r|$)/gy;
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    const [, raw = '', end = ''] = match;
    row.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === ',' || end === ';' || end === '\t') continue;
    rows.push(row);
    row = [];
    if (end === '' || cell.lastIndex >= text.length) break;
  }
  return rows;
}
