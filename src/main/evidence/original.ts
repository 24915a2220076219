import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';
import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder } from '../case/case-folder';
import type { Connection } from '../db/database';
import { openCaseDatabase } from './views';

export interface OriginalRequest {
  readonly kind: string;
  readonly fileId: number;
  readonly recordNo: number;
}

export interface Original {
  readonly text: string;
  /** True when `text` is a slice of the original as it lies there now. */
  readonly exact: boolean;
  /** Offset in the decompressed original, in characters of its text. */
  readonly byteOffset: number | null;
  readonly file: string;
  readonly sha256: string;
  /** Whether the original still has the hash of the import; null when it is away. */
  readonly hashMatches: boolean | null;
}

const TABLES: Readonly<Record<string, string>> = { cloudtrail: 'events_all', 'vpc-flow': 'flows_all', guardduty: 'provider_findings_all' };
const FLOW_HEADER = /\bsrcaddr\b.*\bdstaddr\b/;

/** One record as it lies in its original; rebuilt from the columns when the original is away. Errors: `record.unknown`. */
export async function readOriginal(caseFolder: CaseFolder, request: OriginalRequest): Promise<Original> {
  const database = await openCaseDatabase(caseFolder);
  try {
    return await readWith(database.main, request);
  } finally {
    database.close();
  }
}

async function readWith(connection: Connection, request: OriginalRequest): Promise<Original> {
  const [file] = await connection.rows<{ path: string; sha256: string }>('SELECT path, sha256 FROM files WHERE file_id = $id', { id: request.fileId });
  const table = TABLES[request.kind];
  if (!file || table === undefined) throw new AppError('record.unknown', { recordNo: request.recordNo, fileId: request.fileId });
  const [row] = await connection.rows<Record<string, unknown>>(`SELECT * FROM ${table} WHERE file_id = $file AND record_no = $record`, {
    file: request.fileId,
    record: request.recordNo,
  });
  if (!row) throw new AppError('record.unknown', { recordNo: request.recordNo, fileId: request.fileId });
  const rebuilt: Original = { text: JSON.stringify(row), exact: false, byteOffset: null, file: file.path, sha256: file.sha256, hashMatches: null };
  const stored = await readFile(file.path).catch(() => null);
  if (stored === null) return rebuilt;
  const hashMatches = createHash('sha256').update(stored).digest('hex') === file.sha256;
  const found = slice(decompress(stored).toString('utf8'), request);
  const id = row['event_id'] ?? row['finding_id'];
  if (!found || (typeof id === 'string' && !found.text.includes(id))) return { ...rebuilt, hashMatches };
  return { ...found, exact: true, file: file.path, sha256: file.sha256, hashMatches };
}

function decompress(stored: Buffer): Buffer {
  return stored[0] === 0x1f && stored[1] === 0x8b ? gunzipSync(stored, { finishFlush: constants.Z_SYNC_FLUSH }) : stored;
}

function slice(text: string, { kind, recordNo }: OriginalRequest): { text: string; byteOffset: number } | null {
  return kind === 'vpc-flow' ? line(text, recordNo) : object(text, recordNo);
}

function line(text: string, wanted: number): { text: string; byteOffset: number } | null {
  let number = FLOW_HEADER.test(text.slice(0, text.indexOf('\n') + 1 || undefined)) ? -1 : 0;
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    if (text.slice(start, stop).trim() !== '') number += 1;
    if (number === wanted) return { text: text.slice(start, stop).replace(/\r$/, ''), byteOffset: start };
    start = stop + 1;
  }
  return null;
}

/** The wanted outermost object of the list of records, by counting braces outside strings. */
function object(text: string, wanted: number): { text: string; byteOffset: number } | null {
  const list = /^\s*\{\s*"(?:Records|Findings|Events)"\s*:\s*\[/.exec(text.slice(0, 4096));
  let depth = 0;
  let begin = -1;
  let number = 0;
  for (let i = list ? list[0].length : 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (c === 34) {
      i = endOfString(text, i);
    } else if (c === 123) {
      if (depth === 0) begin = i;
      depth += 1;
    } else if (c === 125 && depth > 0) {
      depth -= 1;
      if (depth === 0) {
        number += 1;
        if (number === wanted) return { text: text.slice(begin, i + 1), byteOffset: begin };
      }
    }
  }
  return null;
}

function endOfString(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (c === 92) i += 1;
    else if (c === 34) return i;
  }
  return text.length;
}
