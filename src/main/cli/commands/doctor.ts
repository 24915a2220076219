import { CaseFolder } from '../../case/case-folder';
import { caseChecks, machineChecks } from '../doctor-checks';
import { pathOf, text } from '../arguments';
import type { Command } from '../command';
import { alignedTable, jsonLine } from '../output';

export default {
  name: 'doctor',
  summary: 'Check what the program, and a case, need to work',
  usage: 'doctor [--case <dir>] [--json]',
  options: { case: { type: 'string' }, json: { type: 'boolean' } },
  run: async ({ options, io }) => {
    const path = text(options, 'case');
    const checks = await machineChecks();
    if (path !== null) checks.push(...(await caseChecks(await CaseFolder.open(pathOf(io, path)))));
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
