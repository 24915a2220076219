import { createHash } from 'node:crypto';
import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder } from '../case/case-folder';
import type { Connection } from '../db/database';
import { quotedIdentifier } from '../db/sql';
import { decode } from './originals/decode';
import { inflate, isCompressed } from './originals/inflate';
import { isParquet, parquetRow } from './originals/parquet';
import { placeOf } from './originals/place';
import { readStored } from './originals/stored';
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
  /** Whether the original still has the hash of the import; null when it is away. */
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
  if (connection) return readWith(connection, request);
  const database = await openCaseDatabase(caseFolder);
  try {
    return await readWith(database.main, request);
  } finally {
    database.close();
  }
}

interface FileRow {
  readonly path: string;
  readonly sha256: string;
  readonly issue_records: number;
}

async function readWith(connection: Connection, request: OriginalRequest): Promise<Original> {
  const unknown = new AppError('record.unknown', { recordNo: request.recordNo, fileId: request.fileId });
  const table = tableOfKind(request.kind);
  if (table === null) throw unknown;
  const [file] = await connection.rows<FileRow>(
    'SELECT path, sha256, issue_records FROM files WHERE file_id = $id',
    { id: request.fileId },
  );
  const [row] = await connection.rows(
    `SELECT * FROM ${quotedIdentifier(table)} WHERE file_id = $file AND record_no = $record`,
    { file: request.fileId, record: request.recordNo },
  );
  if (!file || !row) throw unknown;
  const base = { file: file.path, sha256: file.sha256 };
  const rebuilt = { ...base, text: JSON.stringify(row), exact: false, byteOffset: null };
  const stored = await readStored(file.path);
  if (stored === null) return { ...rebuilt, hashMatches: null };
  const hashMatches = createHash('sha256').update(stored).digest('hex') === file.sha256;
  const slice = await sliceOf(stored, request, { whole: file.issue_records === 0, row });
  const id = row['event_id'] ?? row['finding_id'];
  if (!slice || (!hashMatches && typeof id === 'string' && !slice.text.includes(id)))
    return { ...rebuilt, hashMatches };
  return { ...base, ...slice, hashMatches };
}

type Slice = Pick<Original, 'text' | 'exact' | 'byteOffset'>;

async function sliceOf(
  stored: Buffer,
  { recordNo }: OriginalRequest,
  { whole, row }: { readonly whole: boolean; readonly row: Readonly<Record<string, unknown>> },
): Promise<Slice | null> {
  const inflated = isCompressed(stored) ? (await inflate(stored)).bytes : stored;
  if (isParquet(inflated)) {
    const text = await parquetRow(inflated, recordNo);
    return text === null ? null : { text, exact: false, byteOffset: null };
  }
  const { byte_offset: offset, byte_length: length } = row;
  if (typeof offset === 'number' && typeof length === 'number')
    return { text: inflated.toString('utf8', offset, offset + length), exact: true, byteOffset: offset };
  const decoded = decode(inflated);
  const place = decoded ? placeOf(decoded.bytes, recordNo, whole) : null;
  if (!decoded || !place) return null;
  return {
    text: decoded.bytes.toString('utf8', place.start, place.end),
    exact: decoded.shift !== null,
    byteOffset: decoded.shift === null ? null : place.start + decoded.shift,
  };
}
