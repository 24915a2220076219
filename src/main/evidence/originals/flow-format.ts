/** How the lines of a flow log are to be read. */
export interface FlowFormat {
  /** Names of the fields in the order of the line, as AWS documents them (with hyphens). */
  readonly fields: readonly string[];
  /** Whether the first line names the fields. */
  readonly header: boolean;
}

/** Default format, version 2: https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
const VERSION_2 =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(
    ' ',
  );
const TIMES: ReadonlySet<string> = new Set(['start', 'end']);

/** The format of a flow log by its first line; null when it is none or its fields are not known. */
export function flowFormat(head: string): FlowFormat | null {
  const words = firstLine(head).split(/\s+/);
  if (
    words.length >= 4 &&
    new Set(words).size === words.length &&
    words.every((w) => /^[a-z][a-z0-9-]*$/.test(w)) &&
    words.some((w) => TIMES.has(w))
  ) {
    const named =
      words.includes('srcaddr') || words.includes('pkt-srcaddr') || words.includes('interface-id');
    if (named) return { fields: words, header: true };
  }
  return isVersion2(words) ? { fields: VERSION_2, header: false } : null;
}

/** Whether a line looks like a flow record of a format that nothing names. */
export function looksLikeFlow(head: string): boolean {
  const words = firstLine(head).split(/\s+/);
  const marks = [
    /^eni-[0-9a-f]+$/,
    /^(ACCEPT|REJECT)$/,
    /^(OK|NODATA|SKIPDATA)$/,
    /^vpc-[0-9a-f]+$/,
    /^subnet-[0-9a-f]+$/,
  ];
  return words.length >= 6 && marks.filter((mark) => words.some((w) => mark.test(w))).length >= 2;
}

function isVersion2(words: readonly string[]): boolean {
  const [version, account, networkInterface] = words;
  return (
    words.length === VERSION_2.length &&
    version === '2' &&
    /^(\d{12}|unknown)$/.test(account ?? '') &&
    /^(eni-|-$)/.test(networkInterface ?? '') &&
    /^(OK|NODATA|SKIPDATA)$/.test(words[13] ?? '')
  );
}

function firstLine(head: string): string {
  return (head.split('\n').find((line) => line.trim() !== '') ?? '').trim();
}
