import { loadFindings } from '../../detections/load';
import { withCase } from '../case-access';
import type { Command } from '../command';
import { alignedTable, jsonLine } from '../output';

export default {
  name: 'findings',
  summary: 'List the findings of rules, detectors, baselines and providers',
  usage: 'findings --case <dir> [--json]',
  options: { case: { type: 'string' }, json: { type: 'boolean' } },
  run: ({ options, io }) =>
    withCase(options, io, async ({ database }) => {
      const findings = await loadFindings(database.main);
      const rows = findings.map((f) => [f.severity, f.first, f.provider, f.ruleId, f.title, String(f.count)]);
      await io.print(
        options['json'] === true
          ? jsonLine(findings)
          : alignedTable(['SEVERITY', 'FIRST', 'PROVIDER', 'RULE', 'TITLE', 'RECORDS'], rows),
      );
      return 0;
    }),
} satisfies Command;
