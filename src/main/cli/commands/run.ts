import { pathOf, required, time } from '../arguments';
import { EXIT_WITH_ISSUES, type Command } from '../command';
import { checkedPaths } from '../open-paths';
import { jsonLine } from '../output';
import { hasIssues, planOf, RUN_USAGE, runBundle, runOptions } from '../run-bundle';

export default {
  name: 'run',
  summary: 'Do everything unattended: case, report and exports into one folder',
  usage: `run <path...> --out <dir> ${RUN_USAGE} [--json]`,
  options: { ...runOptions, json: { type: 'boolean' } },
  positionals: true,
  run: async ({ positionals, options, io }) => {
    const out = pathOf(io, required(options, 'out'));
    const plan = await planOf(options, io);
    const now = time(options, 'written') ?? new Date().toISOString().replace('Z', '000Z');
    const paths = await checkedPaths(positionals, io);
    const summary = await runBundle(plan, { paths, out, now }, io);
    await io.print(
      options['json'] === true
        ? jsonLine(summary)
        : `${summary.outputs.map((f) => `${f.path}  ${f.bytes} bytes\n`).join('')}${summary.incidents} incidents in ${summary.seconds} s\n`,
    );
    return hasIssues(summary) ? EXIT_WITH_ISSUES : 0;
  },
} satisfies Command;
