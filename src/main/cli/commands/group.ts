import { AppError } from '../../../shared/errors/app-error';
import { annotate, removeAnnotation } from '../../custody/annotate';
import type { Connection } from '../../db/database';
import { regroupCase } from '../../pipeline/regroup-case';
import { changeCase, withCase } from '../case-access';
import type { Command, CommandIo, OptionValues } from '../command';
import { alignedTable, jsonLine } from '../output';

const USAGE =
  'Say group join <finding> <finding>, group cut <finding> [<finding>], group undo <decision> or group list.';

export default {
  name: 'group',
  summary: 'Join findings into one incident or keep them apart, and group again',
  usage:
    'group join <finding> <finding> --case <dir> [--why <text>] | group cut <finding> [<finding>] --case <dir> [--why <text>] | group undo <decision> --case <dir> | group list --case <dir> [--json]',
  options: { case: { type: 'string' }, why: { type: 'string' }, json: { type: 'boolean' } },
  positionals: true,
  run: async ({ positionals: [verb, ...ids], options, io }) => {
    if (verb === 'list' && ids.length === 0) return list(options, io);
    const [first, second = ''] = ids;
    if (verb === 'join' && first !== undefined && second !== '' && ids.length === 2)
      return decide('together', [first, second], options, io);
    if (verb === 'cut' && first !== undefined && ids.length <= 2)
      return decide('apart', [first, second], options, io);
    if (verb === 'undo' && first !== undefined && ids.length === 1) return undo(first, options, io);
    throw new AppError('usage', { detail: USAGE });
  },
} satisfies Command;

async function decide(
  kind: 'together' | 'apart',
  [id, other]: readonly [string, string],
  options: OptionValues,
  io: CommandIo,
): Promise<number> {
  await withCase(options, io, async ({ caseFolder, database }) => {
    for (const one of [id, other]) if (one !== '') await assertFinding(database.main, one);
    const text = typeof options['why'] === 'string' ? options['why'] : '';
    await annotate(caseFolder, {
      id: null,
      kind,
      subject: { kind: 'finding', type: '', id },
      title: other,
      text,
    });
  });
  return regroup(options, io);
}

async function undo(decision: string, options: OptionValues, io: CommandIo): Promise<number> {
  await withCase(options, io, ({ caseFolder, database }) =>
    removeAnnotation(database.main, caseFolder, decision),
  );
  return regroup(options, io);
}

/** Errors: `finding.unknown`. */
async function assertFinding(connection: Connection, id: string): Promise<void> {
  const { n } = await connection.row<{ n: number }>(
    'SELECT count(*)::INTEGER AS n FROM findings WHERE finding_id = $id',
    { id },
  );
  if (n === 0) throw new AppError('finding.unknown', { id });
}

async function regroup(options: OptionValues, io: CommandIo): Promise<number> {
  await changeCase(options, io, ({ caseFolder, log }) =>
    regroupCase({ caseFolder, log, onProgress: io.progress, signal: io.signal }),
  );
  return withCase(options, io, async ({ database }) => {
    const rows = await database.main.rows<{ id: string; title: string; severity: string; findings: number }>(
      'SELECT incident_id AS id, title, severity, finding_count::INTEGER AS findings FROM incidents ORDER BY score DESC, first_time, incident_id',
    );
    if (options['json'] === true) for (const row of rows) await io.print(jsonLine(row));
    else
      await io.print(
        alignedTable(
          ['INCIDENT', 'SEVERITY', 'FINDINGS', 'TITLE'],
          rows.map((r) => [r.id, r.severity, String(r.findings), r.title]),
        ),
      );
    return 0;
  });
}

function list(options: OptionValues, io: CommandIo): Promise<number> {
  return withCase(
    options,
    io,
    async ({ database }) => {
      const rows = await database.main.rows<
        Record<'decision' | 'kind' | 'a' | 'b' | 'why' | 'author', string>
      >(
        `SELECT annotation_id AS decision, kind, subject_id AS a, title AS b, text AS why, author FROM annotations
         WHERE kind IN ('together', 'apart') ORDER BY changed_at, annotation_id`,
      );
      if (options['json'] === true) for (const row of rows) await io.print(jsonLine(row));
      else
        await io.print(
          alignedTable(
            ['DECISION', 'KIND', 'FINDING', 'OTHER', 'BY', 'WHY'],
            rows.map((r) => [r.decision, r.kind, r.a, r.b === '' ? 'all' : r.b, r.author, r.why]),
          ),
        );
      return 0;
    },
    false,
  );
}
