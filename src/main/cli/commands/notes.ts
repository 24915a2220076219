import { AppError } from '../../../shared/errors/app-error';
import { exportNotes, mergeNotes } from '../../custody/hand-over';
import { pathOf, required } from '../arguments';
import { withCase } from '../case-access';
import type { Command, CommandIo, OptionValues } from '../command';
import { alignedTable, jsonLine } from '../output';

export default {
  name: 'notes',
  summary: "List the analysts' notes, hand them over, or merge another analyst's",
  usage:
    'notes list --case <dir> [--json] | notes export --case <dir> --out <notes.json> [--json] | notes merge <notes.json> --case <dir> [--json]',
  options: { case: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean' } },
  positionals: true,
  run: async ({ positionals: [verb, ...rest], options, io }) => {
    if (verb === 'list') return list(options, io);
    if (verb === 'export') return handOver(options, io);
    if (verb === 'merge') return merge(rest, options, io);
    throw new AppError('usage', { detail: 'Say notes list, notes export or notes merge.' });
  },
} satisfies Command;

function list(options: OptionValues, io: CommandIo): Promise<number> {
  return withCase(
    options,
    io,
    async ({ database }) => {
      const rows = await database.main.rows<Record<string, string | number | null>>(
        'SELECT * FROM annotations ORDER BY changed_at DESC, annotation_id',
      );
      if (options['json'] === true) for (const row of rows) await io.print(jsonLine(row));
      else {
        const cell = (value: unknown) => (typeof value === 'string' ? value : '');
        const body = rows.map((r) => [
          cell(r['changed_at']).slice(0, 16),
          cell(r['author']),
          cell(r['kind']),
          `${cell(r['subject_kind'])} ${cell(r['subject_id'])}`.trim(),
          cell(r['text']).slice(0, 80),
        ]);
        await io.print(alignedTable(['changed (UTC)', 'author', 'kind', 'about', 'text'], body));
      }
      return 0;
    },
    false,
  );
}

function handOver(options: OptionValues, io: CommandIo): Promise<number> {
  const path = pathOf(io, required(options, 'out'));
  return withCase(
    options,
    io,
    async ({ caseFolder }) => {
      const annotations = await exportNotes(caseFolder, path);
      io.note(`${path}: ${annotations} annotations`);
      if (options['json'] === true) await io.print(jsonLine({ path, annotations }));
      return 0;
    },
    false,
  );
}

function merge(files: readonly string[], options: OptionValues, io: CommandIo): Promise<number> {
  const [file, ...more] = files;
  if (file === undefined || more.length > 0)
    throw new AppError('usage', { detail: 'Name the one file to merge.' });
  return withCase(
    options,
    io,
    async ({ caseFolder, database }) => {
      const result = await mergeNotes(database.main, caseFolder, pathOf(io, file));
      if (options['json'] === true) await io.print(jsonLine(result));
      else {
        await io.print(
          `${result.added} added, ${result.updated} brought up to date, ${result.known} known, ${result.conflicts.length} in conflict\n`,
        );
        if (result.unknownSubjects > 0)
          await io.print(`${result.unknownSubjects} are about what this case does not hold\n`);
        if (result.conflicts.length > 0)
          await io.print(
            alignedTable(
              ['about', 'what', 'ours', 'theirs'],
              result.conflicts.map(({ subject, what, ours, theirs }) => [
                `${subject.kind} ${subject.id}`.trim(),
                what,
                `${ours.author}: ${ours.text.slice(0, 60)}`,
                `${theirs.author}: ${theirs.text.slice(0, 60)}`,
              ]),
            ),
          );
      }
      return 0;
    },
    false,
  );
}
