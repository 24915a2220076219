import type { OpenedBundle } from '../open-paths';
import { checkedPaths, isCase, openPaths } from '../open-paths';
import { flowFormats, pathOf, required, texts, wholeNumber } from '../arguments';
import { EXIT_WITH_ISSUES, type Command } from '../command';
import { alignedTable, jsonLine } from '../output';

function text(summary: OpenedBundle): string {
  const rows = summary.sources.map((s) => [
    s.source,
    String(s.files),
    String(s.records),
    String(s.unique),
    String(s.duplicates),
    s.first ?? '-',
    s.last ?? '-',
  ]);
  const { imported, context, notEvidence, issue } = summary.files;
  const issues = summary.issues.slice(0, 20).map((i) => `  ${i.code}  ${i.file}  ${i.detail}\n`);
  const more = summary.issues.length - issues.length;
  return [
    alignedTable(['SOURCE', 'FILES', 'RECORDS', 'UNIQUE', 'COPIES', 'FIRST', 'LAST'], rows),
    `\nFiles: ${imported} imported, ${context} context, ${notEvidence} not evidence, ${issue} with issues\n`,
    ...issues,
    more > 0 ? `  ... and ${more} more (coldtrail query --sql "FROM issues")\n` : '',
    `Findings: ${summary.findings}   Incidents: ${summary.incidents}   Case: ${summary.case}   ${summary.seconds} s\n`,
  ].join('');
}

export default {
  name: 'open',
  summary: 'Import folders, files or archives into a case and analyse it',
  usage:
    'open [<path...>] --case <dir> [--rules <dir>]... [--source-map <file>]... [--location-file <mmdb>]... [--flow-format <fields>]... [--baseline-days 14] [--json]',
  options: {
    case: { type: 'string' },
    json: { type: 'boolean' },
    'baseline-days': { type: 'string' },
    rules: { type: 'string', multiple: true },
    'source-map': { type: 'string', multiple: true },
    'location-file': { type: 'string', multiple: true },
    'flow-format': { type: 'string', multiple: true },
  },
  positionals: true,
  run: async ({ positionals, options, io }) => {
    const casePath = pathOf(io, required(options, 'case'));
    // Without a path a case is analysed again: with other rules, or another span of history.
    const again = positionals.length === 0 && (await isCase(casePath));
    const paths = again ? [] : await checkedPaths(positionals, io);
    const rules = texts(options, 'rules').length === 0 ? [] : await checkedPaths(texts(options, 'rules'), io);
    const sourceMaps = texts(options, 'source-map').map((p) => pathOf(io, p));
    const locationFiles = texts(options, 'location-file').map((p) => pathOf(io, p));
    const baselineDays = wholeNumber(options, 'baseline-days', 14, { min: 1, max: 365 });
    const { result } = await openPaths(
      { paths, rules, sourceMaps, locationFiles, flowFormats: flowFormats(options), casePath, baselineDays },
      io,
    );
    await io.print(options['json'] === true ? jsonLine(result) : text(result));
    return result.issues.length > 0 ? EXIT_WITH_ISSUES : 0;
  },
} satisfies Command;
