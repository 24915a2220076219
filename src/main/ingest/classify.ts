import { describeJson, unwrap } from '../sources/records';
import { recordsStart, splitObjects } from '../sources/split-json';

export interface Problem {
  readonly code: string;
  readonly recordNo: number | null;
  readonly offset: number | null;
  readonly detail: string;
  readonly sample: string;
}

/** What a text turned out to be, with its records in file order. */
export interface Classified {
  readonly source: string | null;
  readonly state: 'imported' | 'context' | 'not-evidence' | 'issue';
  readonly reason: string;
  /** JSON text of each record, or the line of a flow record; index + 1 is its number unless `numbers` says otherwise. */
  readonly records: readonly string[];
  readonly numbers: readonly number[];
  /** Field names of a flow log. */
  readonly fields: readonly string[] | null;
  readonly problems: readonly Problem[];
}

const SAMPLE = 500;
const FLOW_V2 = ['version', 'account-id', 'interface-id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol', 'packets', 'bytes', 'start', 'end', 'action', 'log-status'];

const other = (state: Classified['state'], reason: string, problems: readonly Problem[] = []): Classified => ({
  source: null,
  state,
  reason,
  records: [],
  numbers: [],
  fields: null,
  problems,
});

/** Decides by content alone what a text is and takes its records out of it; nothing is dropped without a problem row. */
export function classify(text: string): Classified {
  const head = text.trimStart().slice(0, 1);
  if (head === '') return other('not-evidence', 'empty file');
  const flow = flowFields(text);
  if (flow) return flowRecords(text, flow);
  if (head === '{' || head === '[') return jsonRecords(text);
  return other('not-evidence', 'text that is no log of a known kind');
}

function flowFields(text: string): { fields: readonly string[]; header: boolean } | null {
  const line = (text.slice(0, 8192).split(/\r?\n/).find((l) => l.trim() !== '') ?? '').trim();
  const words = line.split(/\s+/);
  if (words.includes('srcaddr') && words.includes('dstaddr') && words.length >= 4 && words.every((w) => /^[a-z0-9-]+$/.test(w))) {
    return { fields: words, header: true };
  }
  const isV2 = words.length === 14 && words[0] === '2' && /^\d{12}$|^unknown$/.test(words[1] ?? '') && /^eni-/.test(words[2] ?? '');
  return isV2 ? { fields: FLOW_V2, header: false } : null;
}

function flowRecords(text: string, { fields, header }: { fields: readonly string[]; header: boolean }): Classified {
  const lines = text.split('\n');
  const records: string[] = [];
  const numbers: number[] = [];
  const problems: Problem[] = [];
  let number = 0;
  let headerSeen = !header;
  for (const raw of lines) {
    const line = raw.trim();
    if (line === '') continue;
    if (!headerSeen) {
      headerSeen = true;
      continue;
    }
    number += 1;
    const parts = line.split(/\s+/);
    const start = Number(parts[fields.indexOf('start')]);
    if (parts.length !== fields.length || (fields.includes('start') && !Number.isInteger(start))) {
      const detail = parts.length === fields.length ? 'the start time is no number' : `${parts.length} fields instead of ${fields.length}`;
      problems.push({ code: 'flow.malformed', recordNo: number, offset: null, detail, sample: line.slice(0, SAMPLE) });
    } else {
      records.push(parts.length === line.split(' ').length ? line : parts.join(' '));
      numbers.push(number);
    }
  }
  return { source: 'vpc-flow', state: 'imported', reason: '', records, numbers, fields, problems };
}

function jsonRecords(text: string): Classified {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return pieces(text);
  }
  return take(unwrap(value), value, []);
}

function take(found: ReturnType<typeof unwrap>, value: unknown, problems: Problem[]): Classified {
  const first = found.find((f) => f !== null);
  if (!first) {
    const { what, kind } = describeJson(value);
    if (kind !== 'unsupported') return other(kind, what, problems);
    return other('issue', what, [{ code: 'source.unsupported', recordNo: null, offset: null, detail: `${what} is not read by this version`, sample: '' }]);
  }
  const records: string[] = [];
  const numbers: number[] = [];
  found.forEach((f, i) => {
    if (f?.source === first.source) {
      records.push(JSON.stringify(f.record));
      numbers.push(i + 1);
    } else {
      const detail = f === null ? 'not a record' : `a ${f.source} record among ${first.source} records`;
      problems.push({ code: 'record.unknown', recordNo: i + 1, offset: null, detail, sample: '' });
    }
  });
  return { source: first.source, state: 'imported', reason: '', records, numbers, fields: null, problems };
}

/** JSON lines, several documents, or a broken file: every object that closes is tried on its own. */
function pieces(text: string): Classified {
  const slices = splitObjects(text, recordsStart(text));
  const found: ReturnType<typeof unwrap> = [];
  const problems: Problem[] = [];
  let firstValue: unknown = null;
  for (const { start, end } of slices) {
    const sample = text.slice(start, start + SAMPLE);
    if (end < 0) {
      problems.push({ code: 'json.truncated', recordNo: found.length + 1, offset: start, detail: 'the record does not end', sample });
      continue;
    }
    try {
      const value: unknown = JSON.parse(text.slice(start, end));
      firstValue ??= value;
      found.push(...unwrap(value));
    } catch (error) {
      found.push(null);
      problems.push({ code: 'json.syntax', recordNo: found.length, offset: start, detail: error instanceof Error ? error.message : 'bad JSON', sample });
    }
  }
  const looksLikeLog = /"event(Name|Time|ID)"|"detector[iI]d"/.test(text.slice(0, 100_000));
  if (!found.some((f) => f !== null)) {
    if (!looksLikeLog && firstValue === null) return other('not-evidence', 'text that only begins like JSON');
    if (firstValue !== null && !looksLikeLog) return take(found, firstValue, []);
    return other('issue', 'JSON that cannot be read', problems.length > 0 ? problems : [{ code: 'json.syntax', recordNo: null, offset: 0, detail: 'no record could be read', sample: text.slice(0, SAMPLE) }]);
  }
  const known = new Set(problems.map((p) => p.recordNo));
  const taken = take(found, firstValue, []);
  return { ...taken, problems: [...problems, ...taken.problems.filter((p) => !known.has(p.recordNo))] };
}
