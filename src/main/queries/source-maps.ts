import { basename } from 'node:path';
import { stringify } from 'yaml';
import type { DraftMap } from '../../shared/contract/source-maps';
import { AppError } from '../../shared/errors/app-error';
import type { Connection } from '../db/database';
import type { JsonObject } from '../evidence/originals/json-object';
import { fileOf } from '../evidence/originals/stored';
import { previewMap } from '../ingest/preview-map';
import { outgoing } from '../redaction/outgoing';
import { fieldsOf } from '../sources/mapped/guess';
import { beginningOf, proposeMap } from '../ingest/propose-map';
import { isFor, parseSourceMap, type SourceMap } from '../sources/mapped/source-map';
import type { QueryHandlers } from './handlers';

const HEAD = 4000;

/** Maps for files that no source reads: a proposal, and what one would make of them. */
export const sourceMapQueries: QueryHandlers<'source-maps/propose' | 'source-maps/preview'> = {
  'source-maps/propose': async ({ connection }, { fileId }) => {
    const { path, name } = await fileRow(connection, fileId);
    const { map, samples, head } = await proposeMap(path, basename(name));
    const { records = '', lines = '', columns, ...rest } = map;
    return {
      file: name,
      head: head.slice(0, HEAD),
      fields: shownFields(samples),
      map: { ...rest, records, lines, columns: { ...columns } },
    };
  },
  'source-maps/preview': async ({ connection }, { fileId, map }) => {
    const { path } = await fileRow(connection, fileId);
    const { map: checked } = checkedMap(map);
    const bytes = await beginningOf(path);
    if (bytes === null) throw new AppError('sourceMap.none', { path });
    const { rows, samples, ...counts } = await previewMap(connection, bytes, checked);
    return { ...counts, rows: [...rows], fields: shownFields(samples) };
  },
};

/** Fields with an example of each, masked as whole records are: a value alone does not tell that its name is a secret's. */
function shownFields(samples: readonly JsonObject[]): { path: string; example: string }[] {
  const masked = outgoing(null)(JSON.stringify(samples));
  return [...fieldsOf(JSON.parse(masked) as JsonObject[])];
}

/** A map of the window as the text that the case keeps. Errors: `sourceMap.invalid`. */
export function checkedMap(draft: DraftMap): {
  readonly file: string;
  readonly text: string;
  map: SourceMap;
} {
  const { name, files, records, lines, time, columns } = draft;
  const text = stringify({
    name,
    files,
    ...(records === '' ? {} : { records }),
    ...(lines === '' ? {} : { lines }),
    time,
    columns: Object.fromEntries(Object.entries(columns).filter(([, path]) => path !== '')),
  });
  const file = `${name}.yaml`;
  return { file, text, map: parseSourceMap(text, file) };
}

/** The files on disk that hold what no source reads and the map is for, the chosen file among them, and how many it is for. */
export async function filesToMap(
  connection: Connection,
  fileId: number,
  map: SourceMap,
): Promise<{ readonly paths: readonly string[]; readonly files: number }> {
  const rows = await connection.rows<{ file_id: number; path: string }>(
    "SELECT file_id, path FROM files WHERE source IS NULL AND state <> 'removed' ORDER BY file_id",
  );
  const wanted = rows.filter((row) => isFor(map, row.path));
  if (!wanted.some((row) => row.file_id === fileId)) {
    const { name } = await fileRow(connection, fileId);
    throw new AppError('sourceMap.otherFile', { pattern: map.files, path: name });
  }
  const paths = new Set<string>();
  for (const { path } of wanted) {
    const onDisk = await fileOf(path);
    if (onDisk === null) throw new AppError('path.missing', { path });
    paths.add(onDisk);
  }
  return { paths: [...paths], files: wanted.length };
}

async function fileRow(connection: Connection, fileId: number): Promise<{ path: string; name: string }> {
  const [row] = await connection.rows<{ path: string; name: string }>(
    'SELECT path, name FROM files WHERE file_id = $fileId AND source IS NULL',
    { fileId },
  );
  if (!row) throw new AppError('record.unknown', { recordNo: 0, fileId });
  return row;
}
