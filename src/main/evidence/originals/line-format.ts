import {
  ALB,
  ALB_CONNECTION,
  CLB,
  CLOUDFRONT,
  CLOUDFRONT_REAL_TIME,
  HOSTED_ZONE,
  NLB,
  S3_ACCESS,
} from './access-fields';
import { defaultFlowFields, flowHeader, looksLikeFlow } from './flow-fields';

/** How the lines of a text log are to be read. */
export interface LineFormat {
  /** Id of the source that reads the records. */
  readonly source: string;
  /** Names of the fields in the order of the line, as AWS documents them. */
  readonly fields: readonly string[];
  /** Fewest fields of a record: later versions of a format add fields at its end. */
  readonly least: number;
  /** Whether fields beyond the known ones make a record unreadable or are kept as further fields. */
  readonly more: 'refused' | 'kept';
  /** blanks: fields have none; quoted: fields in "..." or [...] may; tabs: fields are separated by single tabs. */
  readonly cut: 'blanks' | 'quoted' | 'tabs';
  /** How a record begins, of formats that are told by that. */
  readonly sign: RegExp | null;
  /** Which of the quoted fields is the last one, so that it may hold quotes itself; 0 when any may follow. */
  readonly lastQuoted: number;
  /** The line that names the fields, blanks made single: no record wherever it occurs. */
  readonly header: string | null;
  /** Whether lines that begin with # are no records. */
  readonly comments: boolean;
  /** Whether each line lies behind the time that an export of CloudWatch Logs writes before it. */
  readonly stamped: boolean;
}

const STAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z /;
const PLAIN = { sign: null, lastQuoted: 0, header: null, comments: false, stamped: false } as const;

/** Lines behind the first one that may tell a format. */
const LATER_LINES = 5;

/** The format of a text log by its first line, or by those behind it where that one was cut; null when it is none that is known. */
export function lineFormat(head: string): LineFormat | null {
  const first = firstLine(head);
  if (first.startsWith('{') || first.startsWith('[')) return null;
  return formatOfLine(first, head) ?? formatOfRest(head);
}

function formatOfLine(line: string, head: string): LineFormat | null {
  const own = formatOf(line, head);
  const stamp = STAMP.exec(line)?.[0].length ?? 0;
  if (own || stamp === 0) return own;
  const inner = formatOf(line.slice(stamp), '');
  return inner ? { ...inner, stamped: true } : null;
}

/** Logs that were cut or carved begin within a line: the lines behind it then are all of one format. */
function formatOfRest(head: string): LineFormat | null {
  const lines = completeLines(head).slice(1, LATER_LINES + 1);
  const formats = lines.map((line) => formatOfLine(line.trim(), ''));
  const [format = null] = formats;
  const isOne = formats.every(
    (other) => other?.source === format?.source && other?.header === format?.header,
  );
  return isOne ? format : null;
}

/** The lines of a text that are not empty; the last one may be cut and is left out unless it is alone with the first. */
export function completeLines(head: string): readonly string[] {
  const lines = head.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.length > 2 && !/\n\s*$/.test(head) ? lines.slice(0, -1) : lines;
}

/** The lines of the beginning of a log, without the times of CloudWatch Logs; the last one may be cut and is left out. */
export function linesOf(head: string): { readonly lines: readonly string[]; readonly stamped: boolean } {
  const whole = head.split(/\r?\n/).filter((line) => line.trim() !== '');
  const lines = whole.length > 1 ? whole.slice(0, -1) : whole;
  const stamped = STAMP.test(lines[0] ?? '');
  return { lines: lines.map((line) => (stamped ? line.replace(STAMP, '') : line).trim()), stamped };
}

/** Whether a text is a flow log whose fields nothing in it names, and how its lines are told from each other. */
export function namelessFlow(head: string): Pick<LineFormat, 'header' | 'comments' | 'stamped'> | null {
  const { lines, stamped } = linesOf(head);
  return looksLikeFlow((lines[0] ?? '').split(/\s+/)) ? { header: null, comments: false, stamped } : null;
}

/** The format of a single line that has no header, as the messages of CloudWatch Logs are. */
export function messageFormat(line: string): LineFormat | null {
  return accessFormat(line.trim()) ?? flowFormat(line.trim().split(/\s+/));
}

function formatOf(first: string, head: string): LineFormat | null {
  const words = first.split(/\s+/);
  const header = flowHeader(words);
  if (header) return { ...flow(header), header: words.join(' ') };
  return flowFormat(words) ?? accessFormat(first) ?? cloudFrontFormat(head);
}

/** One object a format, so that lines of one format are told by it. */
const DEFAULTS = new Map<readonly string[], LineFormat>();

function flowFormat(words: readonly string[]): LineFormat | null {
  const fields = defaultFlowFields(words);
  if (!fields) return null;
  let format = DEFAULTS.get(fields);
  if (!format) DEFAULTS.set(fields, (format = flow(fields)));
  return format;
}

/** Flow records in this order of fields, without a header. */
export function flow(fields: readonly string[]): LineFormat {
  const source = fields.includes('tgw-id') ? 'tgw-flow' : 'vpc-flow';
  return { ...PLAIN, source, fields, least: fields.length, more: 'refused', cut: 'blanks' };
}

const REST = { ...PLAIN, more: 'kept' } as const;
/** Logs with one fixed order of fields, told by how a line begins. */
const ACCESS: readonly (LineFormat & { readonly sign: RegExp })[] = [
  {
    ...REST,
    source: 's3-access',
    sign: /^\S+ \S+ \[\d{2}\/\w{3}\/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4}\] \S+ \S+ \S+ [A-Z\d]+\.[.\w]+ /,
    fields: S3_ACCESS,
    least: 17,
    cut: 'quoted',
    lastQuoted: 3,
  },
  {
    ...REST,
    source: 'elb-access',
    sign: /^(?:https?|h2|grpcs?|wss?) \d{4}-\d{2}-\d{2}T[\d:.]+Z \S+\/\S+ \S+ \S+ /,
    fields: ALB,
    least: 17,
    cut: 'quoted',
  },
  {
    ...REST,
    source: 'elb-access',
    sign: /^tls \d\.\d \d{4}-\d{2}-\d{2}T[\d:.]+Z? \S+ \S+ /,
    fields: NLB,
    least: 16,
    cut: 'quoted',
  },
  {
    ...REST,
    source: 'elb-access',
    sign: /^\d{4}-\d{2}-\d{2}T[\d:.]+Z \S+ [\da-fA-F.:[\]]+:\d+ (?:-|[\da-fA-F.:[\]]+:\d+) -?[\d.]+ -?[\d.]+ -?[\d.]+ /,
    fields: CLB,
    least: 12,
    cut: 'quoted',
  },
  {
    ...REST,
    source: 'elb-access',
    sign: /^\d{4}-\d{2}-\d{2}T[\d:.]+Z [\da-fA-F.:]+ \d+ \d+ (?:-|TLSv[\d.]+) \S+ (?:-|[\d.]+) /,
    fields: ALB_CONNECTION,
    least: 12,
    cut: 'quoted',
  },
  {
    ...REST,
    source: 'cloudfront',
    // The first eleven fields: with any of them left out of the configuration the others would be taken for what they are not.
    sign: /^\d{9,10}\.\d{3}\t[\da-fA-F.:]+\t[\d.]+\t\d{3}\t\d+\t[A-Z]+\t\w+\t\S+\t\/\S*\t\d+\t[A-Z]{3}\d+(?:-[A-Z]\d+)?\t/,
    fields: CLOUDFRONT_REAL_TIME,
    least: 40,
    cut: 'tabs',
  },
  {
    ...REST,
    source: 'cloudfront',
    sign: /^\d{4}-\d{2}-\d{2}\s\d{2}:\d{2}:\d{2}\s[A-Z]{3}\d+(?:-[A-Z]\d+)?\s(?:\d+|-)\s\S+\s[A-Z-]+\s/,
    fields: CLOUDFRONT,
    least: 23,
    cut: 'quoted',
  },
  {
    ...REST,
    source: 'dns-query',
    sign: /^1\.0 \d{4}-\d{2}-\d{2}T[\d:.]+Z Z[A-Z0-9]+ \S+ [A-Z0-9]+ [A-Z]+ (?:UDP|TCP) /,
    fields: HOSTED_ZONE,
    least: 9,
    cut: 'blanks',
  },
];

function accessFormat(line: string): LineFormat | null {
  return ACCESS.find(({ sign }) => sign.test(line)) ?? null;
}

/** Standard logs behind their #Fields line, and those of the second version whose first line is that of the fields. */
function cloudFrontFormat(head: string): LineFormat | null {
  const comment = /^#Fields:\s*(.+)$/m.exec(head)?.[1];
  const named = comment ?? firstLine(head);
  const fields = named.trim().split(/\s+/);
  if (!fields.includes('x-edge-location') && !fields.includes('x-edge-request-id')) return null;
  const isTabs = comment !== undefined || named.includes('\t');
  return {
    ...PLAIN,
    source: 'cloudfront',
    fields,
    least: fields.length,
    more: 'kept',
    cut: isTabs ? 'tabs' : 'quoted',
    header: comment === undefined ? fields.join(' ') : null,
    comments: comment !== undefined,
  };
}

function firstLine(head: string): string {
  return (head.split('\n').find((line) => line.trim() !== '') ?? '').trim();
}
