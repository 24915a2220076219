import { AppError } from '../../../shared/errors/app-error';
import { removeEvidence } from '../../pipeline/remove-evidence';
import { texts, wholeNumber } from '../arguments';
import { changeCase, withCase } from '../case-access';
import type { Command, CommandIo, OptionValues } from '../command';
import { alignedTable, jsonLine } from '../output';

interface Chosen {
  readonly fileId: number;
  readonly path: string;
  readonly source: string | null;
  readonly records: number;
}

const CHOSEN = `
  SELECT file_id AS "fileId", path, source, coalesce(records, 0)::BIGINT AS records FROM files
  WHERE state <> 'removed' AND (list_contains(CAST(CAST($paths AS JSON) AS VARCHAR[]), path) OR list_contains(CAST(CAST($sources AS JSON) AS VARCHAR[]), source))
  ORDER BY file_id`;

export default {
  name: 'remove',
  summary: 'Take files, or all files of a source, out of a case and analyse what is left',
  usage:
    'remove --case <dir> [--file <path as the table files has it>]... [--source <name>]... [--baseline-days 14] [--json]',
  options: {
    case: { type: 'string' },
    file: { type: 'string', multiple: true },
    source: { type: 'string', multiple: true },
    'baseline-days': { type: 'string' },
    json: { type: 'boolean' },
  },
  run: async ({ options, io }) => {
    const baselineDays = wholeNumber(options, 'baseline-days', 14, { min: 1, max: 365 });
    const chosen = await chosenFiles(options, io);
    const fileIds = chosen.map(({ fileId }) => fileId);
    await changeCase(options, io, ({ caseFolder, log }) =>
      removeEvidence({
        caseFolder,
        log,
        fileIds,
        baselineDays,
        onProgress: io.progress,
        signal: io.signal,
      }),
    );
    if (options['json'] === true) for (const file of chosen) await io.print(jsonLine(file));
    else
      await io.print(
        alignedTable(
          ['REMOVED', 'SOURCE', 'RECORDS'],
          chosen.map((f) => [f.path, f.source ?? '-', String(f.records)]),
        ),
      );
    return 0;
  },
} satisfies Command;

/** Errors: `usage` when nothing is named, or a name fits no file of the case. */
function chosenFiles(options: OptionValues, io: CommandIo): Promise<Chosen[]> {
  const [paths, sources] = [texts(options, 'file'), texts(options, 'source')];
  if (paths.length + sources.length === 0)
    throw new AppError('usage', { detail: 'Name a --file or a --source to remove.' });
  return withCase(
    options,
    io,
    async ({ database }) => {
      const found = await database.main.rows<Chosen>(CHOSEN, {
        paths: JSON.stringify(paths),
        sources: JSON.stringify(sources),
      });
      const known = new Set(found.flatMap(({ path, source }) => [path, source]));
      const strange = [...paths, ...sources].find((name) => !known.has(name));
      if (strange !== undefined)
        throw new AppError('usage', { detail: `The case has no file or source ${strange}.` });
      return found;
    },
    false,
  );
}
