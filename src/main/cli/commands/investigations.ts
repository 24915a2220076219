import { AppError } from '../../../shared/errors/app-error';
import { getInvestigation, investigationDetail } from '../../investigation/saved/aws-shape';
import { compareKept } from '../../investigation/saved/compare';
import { listKept, readKept, setState } from '../../investigation/saved/store';
import { text } from '../arguments';
import { withCase } from '../case-access';
import type { Command } from '../command';
import { investigationText } from '../investigation-text';
import { noteAction } from '../note-action';
import { alignedTable, jsonLine } from '../output';

export default {
  name: 'investigations',
  summary: 'List, show, compare and archive the investigations that the case keeps',
  usage:
    'investigations --case <dir> [--id <id> | --compare <id>,<id> | --archive <id> | --activate <id>] [--json]',
  options: {
    case: { type: 'string' },
    id: { type: 'string' },
    compare: { type: 'string' },
    archive: { type: 'string' },
    activate: { type: 'string' },
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
