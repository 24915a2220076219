import { CaseFolder } from '../../case/case-folder';
import { migrateCase } from '../../migration';
import { pathOf, required } from '../arguments';
import type { Command } from '../command';
import { jsonLine } from '../output';

export default {
  name: 'migrate',
  summary: 'Bring a case of an older version to this one, with a backup in the case',
  usage: 'migrate --case <dir> [--json]',
  options: { case: { type: 'string' }, json: { type: 'boolean' } },
  run: async ({ options, io }) => {
    const path = pathOf(io, required(options, 'case'));
    const done = await migrateCase(path, {
      signal: io.signal,
      onProgress: (share) => io.progress({ phase: 'import', step: 'Migrating the evidence', share }),
    });
    const { schemaVersion } = (await CaseFolder.open(path)).info;
    if (done !== null) io.note('Its analysis has to be made again: coldtrail open --case <dir>');
    await io.print(
      options['json'] === true
        ? jsonLine(done ?? { from: schemaVersion, to: schemaVersion, backup: null, parts: 0, rewritten: 0 })
        : done === null
          ? `The case is of schema ${schemaVersion}; there is nothing to do.\n`
          : `Schema ${done.from} to ${done.to}, ${done.rewritten} of ${done.parts} parts written anew.\nAs it was: ${done.backup}\n`,
    );
    return 0;
  },
} satisfies Command;
