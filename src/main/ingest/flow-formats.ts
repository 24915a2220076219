import { flowHeader } from '../evidence/originals/flow-fields';
import { flow, linesOf, type LineFormat } from '../evidence/originals/line-format';

/** What a field looks like, of those that can be told by their look. */
const LOOKS: Readonly<Record<string, RegExp>> = {
  'account-id': /^(?:\d{12}|unknown)$/,
  'interface-id': /^eni-/,
  srcaddr: /^[\da-fA-F]*[.:]/,
  dstaddr: /^[\da-fA-F]*[.:]/,
  'pkt-srcaddr': /^[\da-fA-F]*[.:]/,
  'pkt-dstaddr': /^[\da-fA-F]*[.:]/,
  version: /^\d$/,
  srcport: /^\d{1,5}$/,
  dstport: /^\d{1,5}$/,
  protocol: /^\d{1,3}$/,
  packets: /^\d+$/,
  bytes: /^\d+$/,
  start: /^\d{9,11}$/,
  end: /^\d{9,11}$/,
  action: /^(?:ACCEPT|REJECT)$/,
  'log-status': /^(?:OK|NODATA|SKIPDATA)$/,
  'vpc-id': /^vpc-/,
  'subnet-id': /^subnet-/,
  'instance-id': /^i-/,
  type: /^(?:IPv4|IPv6|EFA)$/,
  'tcp-flags': /^\d{1,3}$/,
  'flow-direction': /^(?:ingress|egress)$/,
  'tgw-id': /^tgw-/,
};
/** Why a log waits for one of these, as `files.reason` says it. */
export const NAMELESS = 'VPC flow log whose fields nothing names';
export const NO_FORMAT =
  'the log has no header: open it again with --flow-format and its fields, or with a file beside it that has its line of field names or the answer of DescribeFlowLogs';
/** Lines that a format is tried on, and the share of them that must fit: single lines may be cut. */
const SAMPLE_LINES = 50;
const MIN_SHARE = 0.8;
const LOG_FORMAT = /"logformat"\s*:\s*"((?:[^"\\]|\\.)*)"/gi;
/** The end of `"LogFormat"`: so short, and with a rare first byte, since every text is searched for it. */
const MARK = Buffer.from('Format"');

/**
 * Orders of fields that the bundle itself names: headers of flow logs, answers of DescribeFlowLogs, records of
 * CreateFlowLogs. CloudWatch Logs keeps flow records without a header, so one of these is what tells their fields.
 */
export class FlowFormats {
  private readonly known = new Map<string, readonly string[]>();

  learn(fields: readonly string[]): void {
    this.known.set(fields.join(' '), fields);
  }

  /** Takes the formats out of a text that has `"LogFormat": "${version} ${vpc-id} ..."` in it. */
  learnFrom(text: Buffer): void {
    if (!hasFormat(text)) return;
    for (const [, words = ''] of text.toString('latin1').matchAll(LOG_FORMAT)) {
      const fields = flowHeader(words.trim().split(/\s+/));
      if (fields) this.learn(fields);
    }
  }

  /** The one known format that the lines of a log fit; null when none or several do. */
  match(head: string): LineFormat | null {
    const { lines, stamped } = linesOf(head);
    const rows = lines.slice(0, SAMPLE_LINES).map((line) => line.split(/\s+/));
    const fitting = [...this.known.values()].filter((fields) => {
      const fits = rows.filter((row) => fitsFormat(row, fields)).length;
      return fits > 0 && fits >= rows.length * MIN_SHARE;
    });
    return fitting.length === 1 ? { ...flow(fitting[0] as readonly string[]), stamped } : null;
  }
}

function hasFormat(text: Buffer): boolean {
  let at = text.indexOf(MARK);
  while (at >= 0 && !/^log$/i.test(text.toString('latin1', at - 3, at))) at = text.indexOf(MARK, at + 1);
  return at >= 0;
}

function fitsFormat(row: readonly string[], fields: readonly string[]): boolean {
  return (
    row.length === fields.length &&
    row.every((word, i) => word === '-' || (LOOKS[fields[i] ?? '']?.test(word) ?? true))
  );
}
