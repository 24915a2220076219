import { AppError } from '../../shared/errors/app-error';
import { readOriginal, tableOfKind } from '../evidence/original';
import type { QueryHandlers } from './handlers';

/** One record with its original text and where it lies. */
export const recordQueries: QueryHandlers<'records/get'> = {
  'records/get': async ({ connection, caseFolder }, { kind, fileId, recordNo }) => {
    const table = tableOfKind(kind);
    const [row] =
      table === null
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
