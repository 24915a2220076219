import type { Incident } from '../../../shared/model/incident';
import { loadIncidents } from '../../investigation/load';
import { withCase } from '../case-access';
import type { Command } from '../command';
import { jsonLine, plain } from '../output';

function paragraph(incident: Incident): string {
  const cite = (exhibits: readonly { n: number }[]) =>
    exhibits.length > 0 ? ` [${exhibits.map((e) => e.n).join(', ')}]` : '';
  const lines = (cited: readonly { text: string; exhibits: readonly { n: number }[] }[]) =>
    cited.map((c) => `  - ${plain(c.text)}${cite(c.exhibits)}\n`).join('');
  const first = incident.firstIntrusion;
  return [
    `${incident.severity.toUpperCase()}  ${plain(incident.title)}  (${incident.id}, score ${Math.round(incident.score)})\n`,
    `  ${incident.first} .. ${incident.last}  accounts ${incident.accounts.join(', ')}  ${incident.findingIds.length} findings, ${incident.eventIds.length} records\n`,
    `  tactics: ${incident.tactics.join(' > ')}\n`,
    first
      ? `  first intrusion: ${first.time} ${plain(first.principal)} credential ${plain(first.credential)} from ${first.ip ?? '-'} (event ${first.eventId ?? '-'}, confidence ${first.confidence.toFixed(2)})\n`
      : '',
    'How did it happen?\n',
    lines(incident.answers.how),
    'Where was the first intrusion?\n',
    lines(incident.answers.where),
    'What now, and how to prevent it?\n',
    incident.answers.prevent
      .map(
        (step) =>
          `  - [${step.phase}] ${plain(step.text)}${cite(step.exhibits)}\n${step.commands.map((c) => `      ${plain(c)}\n`).join('')}`,
      )
      .join(''),
    incident.answers.could.length === 0 ? '' : 'What else could these credentials do?\n',
    lines(incident.answers.could),
    incident.answers.unknown.length === 0 ? '' : 'What is not known, and which log would tell?\n',
    lines(incident.answers.unknown),
    '\n',
  ].join('');
}

export default {
  name: 'incidents',
  summary: 'List the incidents with their three answers, most severe first',
  usage: 'incidents --case <dir> [--json]',
  options: { case: { type: 'string' }, json: { type: 'boolean' } },
  run: ({ options, io }) =>
    withCase(options, io, async ({ database }) => {
      const incidents = await loadIncidents(database.main);
      const none = 'No incidents.\n';
      await io.print(
        options['json'] === true ? jsonLine(incidents) : incidents.map(paragraph).join('') || none,
      );
      return 0;
    }),
} satisfies Command;
