import { skipSpace } from '../evidence/originals/json-scan';
import { completeLines, lineFormat, namelessFlow, type LineFormat } from '../evidence/originals/line-format';
import { messageShape } from '../evidence/originals/messages';
import { tableFormat, type TableFormat } from '../evidence/originals/split-table';

/** What a text is, by its content alone. */
type Sniffed =
  | { readonly kind: 'json' }
  | { readonly kind: 'lines'; readonly format: LineFormat }
  | { readonly kind: 'table'; readonly format: TableFormat }
  | { readonly kind: 'nameless'; readonly head: string }
  | { readonly kind: 'other'; readonly state: 'not-evidence' | 'context'; readonly what: string };

const HEAD = 16 * 1024;
/** A line of an export of CloudWatch Logs: its time, then a record or a message. */
const STAMPED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z (?:\{|time="|[IWEF]\d{4} )/;
const OPENING: ReadonlySet<number> = new Set([0x7b, 0x5b]);

/** Texts that are no logs, in plain words; tried in order. */
const OTHER: readonly (readonly [RegExp, string])[] = [
  [/^(?:logsource|detection):/m, 'detection rule (Sigma)'],
  [/^AnalysisType:/m, 'detection rule (Panther)'],
  [/^#!/, 'script'],
  [/^\s*<(?:!doctype|html|\?xml|svg|[a-z]+[ >])/i, 'HTML or XML'],
  [/^(?:---\s*$|["\w-]+:(?:\s|$)|- ["\w-]+:)/m, 'YAML text'],
  [/^(?:#{1,6} |\* |\[[^\]]+\]\()/m, 'document (Markdown)'],
  [/^(?:import|from|package|const|function|def|class|using) /m, 'program text'],
];

/** Looks at the beginning of a text and says how it is to be read. Names play no part. */
export function sniff(bytes: Buffer): Sniffed {
  const start = skipSpace(bytes, 0);
  if (start >= bytes.length) return { kind: 'other', state: 'not-evidence', what: 'empty file' };
  const head = bytes.toString('utf8', start, start + HEAD);
  if (OPENING.has(bytes[start] as number) && !/^\[[\w. -]+\]\s*$/m.test(firstLine(head)))
    return { kind: 'json' };
  const format = lineFormat(head);
  if (format) return { kind: 'lines', format };
  const table = tableFormat(bytes);
  if (table) return { kind: 'table', format: table };
  if (STAMPED.test(head) || isRestOfJson(head)) return { kind: 'json' };
  const message = messageShape(firstLine(head));
  if (message) return { kind: 'other', state: 'context', what: message.what };
  if (namelessFlow(head)) return { kind: 'nameless', head };
  if (isIndicatorList(head)) return { kind: 'other', state: 'context', what: 'list of indicators' };
  return { kind: 'other', state: 'not-evidence', what: otherKind(head) };
}

/** JSON that lost its beginning: lines of objects, an element behind another, or indented members. */
function isRestOfJson(head: string): boolean {
  const lines = completeLines(head).slice(0, REST_LINES);
  const [first = '', ...later] = lines;
  if (later.length > 0 && later.every((line) => line.startsWith('{"'))) return true;
  if (later.length < 2) return /[}\]"],\{"\w+":/.test(first);
  return later.length >= 3 && later.every((line) => /^\s*(?:"[^"]*"\s*:|[{}[\]]+,?\s*$)/.test(line));
}
const REST_LINES = 6;

/** Addresses, networks, hashes, names of hosts or URLs, one a line. */
const INDICATOR =
  /^(?:\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?|[0-9a-f]*:[0-9a-f:]+(?:\/\d{1,3})?|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|hxxps?:\S+|https?:\S+|(?:[a-z0-9_-]+\[?\.\]?)+[a-z]{2,24})$/i;
const MIN_INDICATORS = 3;

function isIndicatorList(head: string): boolean {
  const lines = head.split(/\r?\n/).slice(0, head.length < HEAD ? undefined : -1);
  const entries = lines.map((line) => line.replace(/[#;].*$/, '').trim()).filter((line) => line !== '');
  return entries.length >= MIN_INDICATORS && entries.every((entry) => INDICATOR.test(entry));
}

function otherKind(head: string): string {
  const [first = '', second = ''] = head.split(/\r?\n/);
  const commas = first.split(',').length;
  if (commas >= 2 && second.split(',').length === commas) return 'table (CSV)';
  if (/^\s*(?:licen[sc]e|copyright|apache license|mit license|mozilla public)/i.test(head))
    return 'licence or notice';
  return OTHER.find(([sign]) => sign.test(head))?.[1] ?? 'text that is no log of a known kind';
}

function firstLine(head: string): string {
  return head.slice(0, head.indexOf('\n') < 0 ? head.length : head.indexOf('\n')).trim();
}
