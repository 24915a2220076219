import { writeLake } from '../../lake/layout';
import { pathOf, required } from '../arguments';
import { withCase } from '../case-access';
import type { Command } from '../command';
import { noteAction } from '../note-action';
import { jsonLine } from '../output';

export default {
  name: 'lake',
  summary: 'Put the Parquet of a case into a lake that larger engines read',
  usage: 'lake --case <dir> --out <folder> [--json]',
  options: { case: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean' } },
  run: ({ options, io }) =>
    withCase(options, io, async ({ caseFolder }) => {
      const out = pathOf(io, required(options, 'out'));
      const files = await writeLake(caseFolder, out);
      await noteAction(caseFolder, io, 'exported', { format: 'lake', files });
      await io.print(
        options['json'] === true ? jsonLine({ out, files }) : `${files} files of the case are in ${out}\n`,
      );
      return 0;
    }),
} satisfies Command;
