import type { Investigation } from '../../../shared/contract/investigation';
import { AppError } from '../../../shared/errors/app-error';
import { actingIn } from '../../investigation/investigate/acting-in';
import { investigateEntity } from '../../investigation/investigate/index';
import { resolveEntity } from '../../investigation/resolve-entity';
import { keep } from '../../investigation/saved/store';
import type { Connection } from '../../db/database';
import { text as textOption, time } from '../arguments';
import { withCase } from '../case-access';
import type { Command, OptionValues } from '../command';
import { investigationText } from '../investigation-text';
import { noteAction } from '../note-action';
import { jsonLine } from '../output';

export default {
  name: 'investigate',
  summary: 'Investigate an entity, or all of an incident: indicators, lineage, reach, whom next, remediation',
  usage:
    'investigate --case <dir> (--entity <id> | --incident <id>) [--from <time>] [--to <time>] [--keep] [--json]',
  options: {
    case: { type: 'string' },
    entity: { type: 'string' },
    incident: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    keep: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: async ({ options, io }) => {
    const id = textOption(options, 'entity');
    const incident = textOption(options, 'incident');
    if ((id === null) === (incident === null))
      throw new AppError('usage', {
        detail: 'Name one --entity, or one --incident for all of its entities.',
      });
    const range = rangeOf(options);
    return withCase(options, io, async ({ caseFolder, database }) => {
      const { main } = database;
      const entities = id === null ? await actingIn(main, incident ?? '') : [await resolveEntity(main, id)];
      const scope = await scopeOf(main, range);
      const reports: (Investigation & { investigationId?: string })[] = [];
      for (const [i, entity] of entities.entries()) {
        if (io.signal.aborted) throw new AppError('job.cancelled');
        io.progress({ phase: 'analyse', step: `Investigating ${entity.id}`, share: i / entities.length });
        const report = await investigateEntity(main, { entity, scope });
        if (options['keep'] !== true) {
          reports.push(report);
          continue;
        }
        const kept = await keep(caseFolder, report, new Date().toISOString());
        await noteAction(caseFolder, io, 'investigated', { entity: entity.id, investigation: kept.id });
        io.note(`Kept as ${kept.id}: ${entity.id}`);
        reports.push({ ...report, investigationId: kept.id });
      }
      const [only] = reports;
      if (options['json'] === true) await io.print(jsonLine(id === null ? reports : only));
      else for (const report of reports) await io.print(investigationText(report));
      return 0;
    });
  },
} satisfies Command;

/** Errors: `usage`. */
function rangeOf(options: OptionValues): { from: string | null; to: string | null } {
  const from = time(options, 'from');
  const to = time(options, 'to');
  if (from !== null && to !== null && from > to)
    throw new AppError('usage', { detail: '--from is after --to.' });
  return { from, to };
}

async function scopeOf(
  connection: Connection,
  { from, to }: { from: string | null; to: string | null },
): Promise<{ from: string; to: string } | null> {
  if (from === null && to === null) return null;
  const span = await connection.row<{ first: string; last: string }>(
    "SELECT coalesce(min(event_time), TIMESTAMP '1970-01-01') AS first, coalesce(max(event_time), TIMESTAMP '1970-01-01') AS last FROM calls",
  );
  return { from: from ?? span.first, to: to ?? span.last };
}
