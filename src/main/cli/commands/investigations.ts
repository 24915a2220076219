import { AppError } from '../../../shared/errors/app-error';
import type { CaseFolder } from '../../case/case-folder';
import { getInvestigation, investigationDetail } from '../../investigation/saved/aws-shape';
import { compareKept } from '../../investigation/saved/compare';
import { shareInvestigations, takeInvestigations } from '../../investigation/saved/share';
import { listKept, readKept, setState } from '../../investigation/saved/store';
import { pathOf, text } from '../arguments';
import { withCase } from '../case-access';
import { EXIT_WITH_ISSUES, type Command, type CommandIo } from '../command';
import { investigationText } from '../investigation-text';
import { noteAction } from '../note-action';
import { alignedTable, jsonLine } from '../output';

export default {
  name: 'investigations',
  summary: 'List, show, compare and archive the investigations that the case keeps',
  usage:
    'investigations --case <dir> [--id <id> | --compare <id>,<id> | --archive <id> | --activate <id>] [--json]\n  investigations --case <dir> --share <dir> [--id <id>] [--json]\n  investigations --case <dir> --take <dir> [--json]',
  options: {
    case: { type: 'string' },
    id: { type: 'string' },
    compare: { type: 'string' },
    archive: { type: 'string' },
    activate: { type: 'string' },
    share: { type: 'string' },
    take: { type: 'string' },
    json: { type: 'boolean' },
  },
  run: async ({ options, io }) =>
    withCase(options, io, async ({ caseFolder }) => {
      const json = options['json'] === true;
      const [id, pair] = [text(options, 'id'), text(options, 'compare')];
      const [archive, activate] = [text(options, 'archive'), text(options, 'activate')];
      if ([id, pair, archive, activate].filter((given) => given !== null).length > 1)
        throw new AppError('usage', { detail: 'One of --id, --compare, --archive, --activate at a time.' });
      const changed = archive ?? activate;
      const [share, take] = [text(options, 'share'), text(options, 'take')];
      if (share !== null) return shareKept(caseFolder, io, { folder: share, id, json });
      if (take !== null) return takeKept(caseFolder, io, { folder: take, json });
      if (changed !== null) {
        const kept = await setState(caseFolder, changed, archive === null ? 'ACTIVE' : 'ARCHIVED');
        await noteAction(caseFolder, io, 'investigated', { investigation: kept.id, state: kept.state });
        await io.print(
          json ? jsonLine({ InvestigationId: kept.id, State: kept.state }) : `${kept.id} ${kept.state}\n`,
        );
      } else if (id !== null) {
        const kept = await readKept(caseFolder, id);
        await io.print(
          json ? jsonLine(getInvestigation(kept, caseFolder.info.id)) : investigationText(kept.investigation),
        );
      } else if (pair !== null) {
        const [before, after, more] = pair.split(',');
        if (before === undefined || after === undefined || more !== undefined)
          throw new AppError('usage', { detail: '--compare takes two ids with a comma between them.' });
        const found = compareKept(await readKept(caseFolder, before), await readKept(caseFolder, after));
        const rows = found.differences.map((d) => [d.kind, d.what, d.before ?? '-', d.after ?? '-']);
        await io.print(
          json
            ? jsonLine(found)
            : `${alignedTable(['KIND', 'WHAT', 'BEFORE', 'AFTER'], rows)}${found.same} facts are the same\n`,
        );
      } else {
        const all = await listKept(caseFolder);
        const rows = all.map((k) => [k.id, k.state, k.severity, k.entity.type, k.entity.id, k.createdAt]);
        await io.print(
          json
            ? jsonLine({ InvestigationDetails: all.map(investigationDetail) })
            : alignedTable(['ID', 'STATE', 'SEVERITY', 'TYPE', 'ENTITY', 'CREATED'], rows),
        );
      }
      return 0;
    }),
} satisfies Command;

async function shareKept(
  caseFolder: CaseFolder,
  io: CommandIo,
  { folder, id, json }: { readonly folder: string; readonly id: string | null; readonly json: boolean },
): Promise<number> {
  const path = pathOf(io, folder);
  const ids = id === null ? null : [id];
  const count = await shareInvestigations(caseFolder, path, { ids, now: new Date().toISOString() });
  await noteAction(caseFolder, io, 'investigated', { shared: path, count });
  await io.print(json ? jsonLine({ path, count }) : `${count} investigations in ${path}\n`);
  return 0;
}

/** 3 where the case keeps one of them with other content. */
async function takeKept(
  caseFolder: CaseFolder,
  io: CommandIo,
  { folder, json }: { readonly folder: string; readonly json: boolean },
): Promise<number> {
  const path = pathOf(io, folder);
  const taken = await takeInvestigations(caseFolder, path);
  await noteAction(caseFolder, io, 'investigated', { taken: path, added: taken.added });
  for (const id of taken.differing) io.note(`The case keeps ${id} with other content; it stays as it is.`);
  await io.print(json ? jsonLine(taken) : `${taken.added} investigations taken, ${taken.known} were here\n`);
  return taken.differing.length > 0 ? EXIT_WITH_ISSUES : 0;
}
