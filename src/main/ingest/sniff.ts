import { flowFormat, looksLikeFlow, type FlowFormat } from '../evidence/originals/flow-format';
import { skipSpace } from '../evidence/originals/json-scan';

/** What a text is, by its content alone. */
type Sniffed =
  | { readonly kind: 'json' }
  | { readonly kind: 'lines'; readonly format: FlowFormat }
  | { readonly kind: 'unsupported'; readonly what: string }
  | { readonly kind: 'other'; readonly state: 'not-evidence' | 'context'; readonly what: string };

const HEAD = 16 * 1024;
const OPENING: ReadonlySet<number> = new Set([0x7b, 0x5b]);

/** Logs that are evidence but that no source reads yet. */
const UNSUPPORTED: readonly (readonly [RegExp, string])[] = [
  [/^[0-9a-f]{64} \S+ \[\d{2}\/\w{3}\/\d{4}:/, 'S3 server access log'],
  [/^(?:https?|h2|grpcs|wss?) \d{4}-\d{2}-\d{2}T\S+Z app\//, 'Application Load Balancer access log'],
  [/^tls \d\.\d \d{4}-\d{2}-\d{2}T/, 'Network Load Balancer access log'],
  [/^\d{4}-\d{2}-\d{2}T\S+Z \S+ \d+(?:\.\d+){3}:\d+ /, 'Classic Load Balancer access log'],
  [/^#Version: 1\.0\s+#Fields: date time x-edge-location/, 'CloudFront access log'],
  [/^"?(?:event_?time|eventid|event time|event_?name|event name)"?,/i, 'CloudTrail event history as CSV'],
  [/^"?(?:version|account_?id|interface_?id)"?,.*"?srcaddr"?,/i, 'VPC flow log as CSV'],
  [/^\d{4}-\d{2}-\d{2}T\S+Z [{[]/, 'CloudWatch Logs export of JSON records'],
  [/^\d{4}-\d{2}-\d{2}T\S+Z \d \d{12} eni-/, 'CloudWatch Logs export of VPC flow records'],
];

/** Texts that are no logs, in plain words; tried in order. */
const OTHER: readonly (readonly [RegExp, string])[] = [
  [/^(?:logsource|detection):/m, 'detection rule (Sigma)'],
  [/^AnalysisType:/m, 'detection rule (Panther)'],
  [/^#!/, 'script'],
  [/^\s*<(?:!doctype|html|\?xml|svg|[a-z]+[ >])/i, 'HTML or XML'],
  [/^(?:\s*#.*\n|\s*\n)*(?:---\s*$|["\w-]+:(?:\s|$)|- ["\w-]+:)/m, 'YAML text'],
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
  const format = flowFormat(head);
  if (format) return { kind: 'lines', format };
  if (looksLikeFlow(head))
    return { kind: 'unsupported', what: 'VPC flow log in a format that no header names' };
  const log = UNSUPPORTED.find(([sign]) => sign.test(head));
  if (log) return { kind: 'unsupported', what: log[1] };
  return { kind: 'other', state: 'not-evidence', what: otherKind(head) };
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
