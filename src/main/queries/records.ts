import { AppError } from '../../shared/errors/app-error';
import { readOriginal } from '../evidence/original';
import type { QueryHandlers } from './handlers';

/** The evidence table of each kind of record. */
const TABLES: Readonly<Record<string, string>> = {
  cloudtrail: 'events_all',
  'vpc-flow': 'flows_all',
  guardduty: 'provider_findings_all',
};

/** One record with its original text and where it lies. */
export const recordQueries: QueryHandlers<'records/get'> = {
  'records/get': async ({ connection, caseFolder }, { kind, fileId, recordNo }) => {
    const table = Object.hasOwn(TABLES, kind) ? TABLES[kind] : undefined;
    const [row] =
      table === undefined
        ? []
        : await connection.rows(`SELECT * FROM ${table} WHERE file_id = $fileId AND record_no = $recordNo`, {
            fileId,
            recordNo,
          });
    if (!row) throw new AppError('record.unknown', { recordNo, fileId });
    const original = await readOriginal(caseFolder, { kind, fileId, recordNo }, connection);
    const { text, exact, file, byteOffset, sha256, hashMatches } = original;
    const fields = Object.entries(row).flatMap(([name, value]) =>
      value === null ? [] : [{ name, value: typeof value === 'string' ? value : JSON.stringify(value) }],
    );
    return { kind, fields, original: text, exact, file, recordNo, byteOffset, sha256, hashMatches };
  },
};
