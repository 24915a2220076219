import { CaseFolder } from '../../case/case-folder';
import { verify } from '../../ingest/verify';
import { pathOf, required } from '../arguments';
import type { Command } from '../command';
import { jsonLine, plain } from '../output';

export default {
  name: 'verify',
  summary: 'Hash every original and every evidence file again and compare',
  usage: 'verify --case <dir> [--json]',
  options: { case: { type: 'string' }, json: { type: 'boolean' } },
  run: async ({ options, io }) => {
    const caseFolder = await CaseFolder.open(pathOf(io, required(options, 'case')));
    const result = await verify(caseFolder, {
      signal: io.signal,
      onProgress: ({ filesDone, filesTotal }) =>
        io.progress({
          phase: 'verify',
          step: 'Hashing again',
          share: filesTotal > 0 ? filesDone / filesTotal : 1,
          filesDone,
          filesTotal,
        }),
    });
    const bad = result.files.filter((f) => !f.ok);
    await io.print(
      options['json'] === true
        ? jsonLine(result)
        : `${bad.map((f) => `CHANGED  ${plain(f.path)}  ${plain(f.detail ?? '')}\n`).join('')}${result.files.length} files checked, ${bad.length} do not match\n`,
    );
    return result.ok ? 0 : 1;
  },
} satisfies Command;
