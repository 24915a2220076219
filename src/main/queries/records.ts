import type { ResponseOf } from '../../shared/contract/index';
import { AppError } from '../../shared/errors/app-error';
import { isSecretName, MASKED, maskNamed, maskSecrets } from '../../shared/text/mask-secrets';
import { readOriginal, tableOfKind } from '../evidence/original';
import type { QueryContext, QueryHandlers } from './handlers';

type RecordOfCase = ResponseOf<'records/get'>;

/** One record with its original text and where it lies, secrets masked. */
export const recordQueries: QueryHandlers<'records/get'> = {
  'records/get': async (context, place) => maskRecord(await readRecord(context, place)),
};

/** The record as it is, with its secrets. Errors: `record.unknown`. */
export async function readRecord(
  { connection, caseFolder }: QueryContext,
  { kind, fileId, recordNo }: { readonly kind: string; readonly fileId: number; readonly recordNo: number },
): Promise<RecordOfCase> {
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
  return { kind, fields, original: text, exact, file, recordNo, byteOffset, sha256, hashMatches, masked: 0 };
}

/** Masks what the values themselves tell, and in the line of a table what only its column tells. */
function maskRecord(record: RecordOfCase): RecordOfCase {
  const fields = record.fields.map(({ name, value }) => ({ name, value: maskNamed(name, value) }));
  let original = record.original;
  for (const { name, value } of record.fields)
    if (isSecretName(name)) original = original.replaceAll(value, maskNamed(name, value));
  original = maskSecrets(original);
  return { ...record, fields, original, masked: original.split(MASKED).length - 1 };
}
