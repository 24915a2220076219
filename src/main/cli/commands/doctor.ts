import { CaseFolder } from '../../case/case-folder';
import { caseChecks, machineChecks } from '../../diagnostics/checks';
import { diagnosticsText } from '../../diagnostics/diagnostics';
import { pathOf, text } from '../arguments';
import type { Command } from '../command';
import { alignedTable, jsonLine } from '../output';

export default {
  name: 'doctor',
  summary: 'Check what the program, and a case, need to work',
  usage: 'doctor [--case <dir>] [--json | --diagnostics]',
  options: { case: { type: 'string' }, json: { type: 'boolean' }, diagnostics: { type: 'boolean' } },
  run: async ({ options, io }) => {
    const path = text(options, 'case');
    const caseFolder = path === null ? null : await CaseFolder.open(pathOf(io, path));
    if (options['diagnostics'] === true) {
      await io.print(await diagnosticsText(caseFolder));
      return 0;
    }
    const checks = await machineChecks();
    if (caseFolder !== null) checks.push(...(await caseChecks(caseFolder)));
    const ok = checks.every((check) => check.ok);
    await io.print(
      options['json'] === true
        ? jsonLine({ ok, checks })
        : alignedTable(
            ['', 'check', 'found'],
            checks.map((check) => [check.ok ? 'ok' : 'FAIL', check.name, check.detail]),
          ),
    );
    return ok ? 0 : 1;
  },
} satisfies Command;
