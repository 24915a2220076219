import type { Investigation } from '../../../shared/contract/incidents';
import { AppError } from '../../../shared/errors/app-error';
import { investigateEntity } from '../../investigation/investigate';
import { resolveEntity } from '../../investigation/resolve-entity';
import { required, time } from '../arguments';
import { withCase } from '../case-access';
import type { Command } from '../command';
import { alignedTable, jsonLine, plain } from '../output';

function text(report: Investigation): string {
  const ttps = report.ttps.map((t) => [
    t.severity,
    t.tactic,
    t.technique,
    t.procedure,
    String(t.successes),
    String(t.failures),
    t.ips.join(' '),
  ]);
  return [
    `${report.entity.type} ${plain(report.entity.id)}   ${report.scope.from} .. ${report.scope.to}   severity ${report.severity}\n`,
    ...report.severityReasons.map((reason) => `  ${plain(reason)}\n`),
    `Incidents: ${report.incidents.join(', ') || 'none'}   Indicators: ${report.indicators.length}   New behaviour: ${report.newBehaviour.length}\n\n`,
    alignedTable(['SEVERITY', 'TACTIC', 'TECHNIQUE', 'PROCEDURE', 'OK', 'FAILED', 'ADDRESSES'], ttps),
    '\n',
    alignedTable(
      ['INDICATOR', 'DETAIL'],
      report.indicators.map((i) => [i.type, JSON.stringify(i.detail)]),
    ),
    ...report.remediation.map(
      (step) =>
        `\n[${step.phase}] ${plain(step.text)}\n${step.commands.map((c) => `    ${plain(c)}\n`).join('')}`,
    ),
  ].join('');
}

export default {
  name: 'investigate',
  summary: 'Investigate one entity: indicators, TTPs, new behaviour, lineage, remediation',
  usage: 'investigate --case <dir> --entity <id> [--from <time>] [--to <time>] [--json]',
  options: {
    case: { type: 'string' },
    entity: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    json: { type: 'boolean' },
  },
  run: async ({ options, io }) => {
    const id = required(options, 'entity');
    const from = time(options, 'from');
    const to = time(options, 'to');
    if (from !== null && to !== null && from > to)
      throw new AppError('usage', { detail: '--from is after --to.' });
    return withCase(options, io, async ({ database }) => {
      const entity = await resolveEntity(database.main, id);
      const span = await database.main.row<{ first: string; last: string }>(
        "SELECT coalesce(min(event_time), TIMESTAMP '1970-01-01') AS first, coalesce(max(event_time), TIMESTAMP '1970-01-01') AS last FROM calls",
      );
      const scope = from === null && to === null ? null : { from: from ?? span.first, to: to ?? span.last };
      const report = await investigateEntity(database.main, { entity, scope });
      await io.print(options['json'] === true ? jsonLine(report) : text(report));
      return 0;
    });
  },
} satisfies Command;
