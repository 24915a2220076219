import { stat } from 'node:fs/promises';
import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder } from '../case/case-folder';
import type { Connection } from '../db/database';
import { quotedIdentifier } from '../db/sql';
import { largeSlice, type Checkpoint } from './originals/large-original';
import { OpenedOriginals, type OpenedOriginal } from './originals/opened';
import { isParquet, parquetRow } from './originals/parquet';
import { placeOf } from './originals/place';
import { openCaseDatabase } from './views';

interface OriginalRequest {
  /** Source of the record or provider of the finding. */
  readonly kind: string;
  readonly fileId: number;
  readonly recordNo: number;
}

interface Original {
  readonly text: string;
  /** True when `text` is a slice of the original as it lies there now. */
  readonly exact: boolean;
  /** Offset of the slice in the decompressed original, in bytes; null when the text had to be converted or rebuilt. */
  readonly byteOffset: number | null;
  readonly file: string;
  readonly sha256: string;
  /** Whether the original still has the hash of the import; null when it is away, or too large to be hashed for one record. */
  readonly hashMatches: boolean | null;
}

/** The evidence table of each kind of record: the ids of the sources and the providers of findings. */
const TABLES: Readonly<Record<string, string>> = {
  cloudtrail: 'events',
  'vpc-flow': 'flows',
  'tgw-flow': 'flows',
  'k8s-audit': 'k8s_audit',
  'dns-query': 'dns_queries',
  's3-access': 's3_access',
  'elb-access': 'elb_access',
  waf: 'waf_requests',
  cloudfront: 'cloudfront_access',
  'cloudtrail-digest': 'cloudtrail_digests',
  'cloudtrail-public-key': 'cloudtrail_public_keys',
  'ec2-instance': 'ec2_instances',
  'network-interface': 'network_interfaces',
  'iam-principal': 'iam_principals',
  'iam-policy': 'iam_policies',
  'credential-report': 'iam_credential_report',
  'config-item': 'config_items',
  'ip-range': 'aws_ip_ranges',
  guardduty: 'provider_findings',
  'security-hub': 'provider_findings',
  inspector: 'provider_findings',
  macie: 'provider_findings',
  'access-analyzer': 'provider_findings',
  config: 'provider_findings',
  health: 'provider_findings',
  'firewall-manager': 'provider_findings',
};

/** The table with every record of a kind, copies included; null for a kind that there is not. */
export function tableOfKind(kind: string): string | null {
  if (kind === 'mapped' || kind.startsWith('mapped-')) return 'mapped_events_all';
  return Object.hasOwn(TABLES, kind) ? `${TABLES[kind]}_all` : null;
}

/**
 * One record as it lies in its original, also inside .gz and .zip; rebuilt from the columns when the original is away
 * or was changed so that the record is not found. Errors: `record.unknown`.
 */
export async function readOriginal(
  caseFolder: CaseFolder,
  request: OriginalRequest,
  connection?: Connection,
): Promise<Original> {
  const opened = openedOf(caseFolder);
  if (connection) return readWith(connection, opened, request);
  const database = await openCaseDatabase(caseFolder);
  try {
    return await readWith(database.main, opened, request);
  } finally {
    database.close();
  }
}

const openedBy = new WeakMap<CaseFolder, OpenedOriginals>();

function openedOf(caseFolder: CaseFolder): OpenedOriginals {
  let opened = openedBy.get(caseFolder);
  if (!opened) openedBy.set(caseFolder, (opened = new OpenedOriginals()));
  return opened;
}

interface FileRow {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly issue_records: number;
}
type Row = Readonly<Record<string, unknown>>;

const CHECKPOINT = `SELECT records_before, text_offset, byte_offset, inside, sign FROM checkpoints
  WHERE file_id = $file AND records_before < $record ORDER BY records_before DESC LIMIT 1`;

async function readWith(
  connection: Connection,
  opened: OpenedOriginals,
  request: OriginalRequest,
): Promise<Original> {
  const unknown = new AppError('record.unknown', { recordNo: request.recordNo, fileId: request.fileId });
  const table = tableOfKind(request.kind);
  if (table === null) throw unknown;
  const [file] = await connection.rows<FileRow>(
    'SELECT path, sha256, bytes, issue_records FROM files WHERE file_id = $id',
    { id: request.fileId },
  );
  const place = { file: request.fileId, record: request.recordNo };
  const [row] = await connection.rows(
    `SELECT * FROM ${quotedIdentifier(table)} WHERE file_id = $file AND record_no = $record`,
    place,
  );
  if (!file || !row) throw unknown;
  const [checkpoint] = await connection.rows<Checkpoint>(CHECKPOINT, place);
  const found = checkpoint
    ? await ofLarge(file, request.recordNo, checkpoint)
    : await ofWhole(opened, file, { request, row });
  const id = row['event_id'] ?? row['finding_id'];
  const { slice, hashMatches } = found;
  const isOther = hashMatches !== true && typeof id === 'string' && slice?.text.includes(id) === false;
  const base = { file: file.path, sha256: file.sha256, hashMatches };
  if (!slice || isOther) return { ...base, text: JSON.stringify(row), exact: false, byteOffset: null };
  return { ...base, ...slice };
}

interface Found {
  readonly slice: Slice | null;
  readonly hashMatches: boolean | null;
}

/** Hashing it again would take seconds: only its size is compared. */
async function ofLarge(file: FileRow, recordNo: number, checkpoint: Checkpoint): Promise<Found> {
  const onDisk = await stat(file.path).catch(() => null);
  const hashMatches = onDisk && onDisk.size !== file.bytes ? false : null;
  return { slice: await largeSlice(file.path, recordNo, checkpoint).catch(() => null), hashMatches };
}

async function ofWhole(
  originals: OpenedOriginals,
  file: FileRow,
  { request, row }: { readonly request: OriginalRequest; readonly row: Row },
): Promise<Found> {
  const opened = await originals.open(file.path);
  if (opened === null) return { slice: null, hashMatches: null };
  const slice = await sliceOf(opened, request, { whole: file.issue_records === 0, row });
  return { slice, hashMatches: (await opened.sha256) === file.sha256 };
}

type Slice = Pick<Original, 'text' | 'exact' | 'byteOffset'>;

async function sliceOf(
  { inflated, decoded, marks }: OpenedOriginal,
  { recordNo }: OriginalRequest,
  { whole, row }: { readonly whole: boolean; readonly row: Row },
): Promise<Slice | null> {
  if (isParquet(inflated)) {
    const text = await parquetRow(inflated, recordNo);
    return text === null ? null : { text, exact: false, byteOffset: null };
  }
  const { byte_offset: offset, byte_length: length } = row;
  if (typeof offset === 'number' && typeof length === 'number')
    return { text: inflated.toString('utf8', offset, offset + length), exact: true, byteOffset: offset };
  const place = decoded ? placeOf(decoded.bytes, recordNo, whole, marks) : null;
  if (!decoded || !place) return null;
  return {
    text: decoded.bytes.toString('utf8', place.start, place.end),
    exact: decoded.shift !== null,
    byteOffset: decoded.shift === null ? null : place.start + decoded.shift,
  };
}
