import { stat } from 'node:fs/promises';
import { AppError } from '../../../shared/errors/app-error';
import { catalogue, checkRules } from '../../detections';
import { pathOf, text } from '../arguments';
import { EXIT_WITH_ISSUES, type Command } from '../command';
import { alignedTable, jsonLine } from '../output';

export default {
  name: 'rules',
  summary: 'List the built-in rules, or check a folder of Sigma rules and say why a rule cannot run',
  usage: 'rules [--check <dir>] [--json]',
  options: { check: { type: 'string' }, json: { type: 'boolean' } },
  run: async ({ options, io }) => {
    const folder = text(options, 'check');
    if (folder === null) {
      const rules = catalogue();
      const rows = rules.map((r) => [r.id, r.severity, r.tactic, r.title]);
      await io.print(
        options['json'] === true ? jsonLine(rules) : alignedTable(['ID', 'LEVEL', 'TACTIC', 'TITLE'], rows),
      );
      return 0;
    }
    const path = pathOf(io, folder);
    await stat(path).catch(() => {
      throw new AppError('path.missing', { path });
    });
    const checked = await checkRules(path);
    const rows = checked.map((r) => [r.ok ? 'ok' : 'NO', r.file, r.title ?? '', r.reason ?? '']);
    await io.print(
      options['json'] === true ? jsonLine(checked) : alignedTable(['RUNS', 'FILE', 'TITLE', 'REASON'], rows),
    );
    return checked.every((r) => r.ok) ? 0 : EXIT_WITH_ISSUES;
  },
} satisfies Command;
