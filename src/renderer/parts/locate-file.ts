import type { Client } from '../api/client';
import { rowsOf } from '../api/paged.svelte';
import { AppError } from '../../shared/errors/app-error';

/**
 * The id of the file an exhibit names by path and hash. Exhibits carry no id because a report outlives the case.
 * @throws AppError `record.unknown` when the case holds no such file.
 */
export async function locateFile(
  client: Client,
  file: { readonly path: string; readonly sha256: string },
  recordNo: number,
): Promise<number> {
  const name = file.path.split(/[/!]/).at(-1) ?? file.path;
  const table = await client.call('evidence/files', {
    state: null,
    filter: name,
    page: { offset: 0, limit: 1000 },
    sort: null,
  });
  const rows = rowsOf(table);
  const found =
    rows.find(
      (row) => row['sha256'] === file.sha256 && (row['path'] === file.path || row['name'] === file.path),
    ) ?? rows.find((row) => row['sha256'] === file.sha256);
  if (found === undefined) throw new AppError('record.unknown', { recordNo, fileId: file.path });
  return Number(found['file_id']);
}
