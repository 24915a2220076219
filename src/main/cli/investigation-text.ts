import type { Investigation } from '../../shared/contract/investigation';
import { alignedTable, plain } from './output';

const TABLE_ROWS = 15;

/** An investigation for a person at a terminal. */
export function investigationText(report: Investigation): string {
  const table = (head: readonly string[], rows: readonly (readonly string[])[]) => {
    if (rows.length === 0) return '';
    const more = rows.length - TABLE_ROWS;
    return `\n${alignedTable(head, rows.slice(0, TABLE_ROWS))}${more > 0 ? `... and ${more} more (--json has all)\n` : ''}`;
  };
  return [
    `${report.entity.type} ${plain(report.entity.id)}   ${report.scope.from} .. ${report.scope.to}   severity ${report.severity}\n`,
    ...report.severityReasons.map((reason) => `  ${plain(reason)}\n`),
    `Incidents: ${report.incidents.join(', ') || 'none'}   Compared with the days before ${report.comparedFrom}\n`,
    table(
      ['SEVERITY', 'TACTIC', 'TECHNIQUE', 'PROCEDURE', 'OK', 'FAILED', 'ADDRESSES'],
      report.ttps.map((t) => [
        t.severity,
        t.tactic,
        t.technique,
        t.procedure,
        String(t.successes),
        String(t.failures),
        t.ips.join(' '),
      ]),
    ),
    table(
      ['INDICATOR', 'DETAIL'],
      report.indicators
        .filter((i) => i.type !== 'TTP_OBSERVED')
        .map((i) => [i.type, Object.values(i.detail).map(String).join('  ')]),
    ),
    table(
      ['REACHED', 'ID', 'SENSITIVITY', 'READS', 'WRITES', 'REFUSED', 'IN INCIDENTS'],
      report.reach.resources.map((r) => [
        r.type,
        r.id,
        r.sensitivity,
        String(r.reads),
        String(r.writes),
        String(r.refused),
        String(r.suspect),
      ]),
    ),
    table(
      ['INVESTIGATE NEXT', 'ID', 'SEVERITY', 'BECAUSE'],
      report.recommended.map((r) => [r.type, r.id, r.severity, r.reason]),
    ),
    ...report.remediation.map(
      (step) =>
        `\n[${step.phase}] ${plain(step.text)}\n${step.commands.map((c) => `    ${plain(c)}\n`).join('')}`,
    ),
    '\n',
  ].join('');
}
