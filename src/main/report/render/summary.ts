import { severityRank } from '../../../shared/model/severity';
import { TACTICS } from '../../../shared/model/tactic';
import type { ReportIncident } from '../model';
import { cite, type Sheet } from './context';
import { escape } from './escape';
import { count, duration } from './format';
import { heading } from './section';
import { facts, severityMark, table } from './table';

/** Steps of the chain, first measures and further incidents that one page holds. */
const CHAIN_ROWS = 9;
const MEASURES = 6;
const OTHERS = 6;

/** One page for a reader who reads one page: what happened, where it began, what to do now, how sure this is. */
export function summary(sheet: Sheet): string {
  const { model } = sheet;
  const [worst] = model.incidents;
  const body = worst
    ? `${lead(sheet, worst)}${tiles(sheet, worst)}<h3>How did it happen?</h3>${chain(sheet, worst)}<div class="halves"><div><h3>Where was the first intrusion?</h3>${entry(sheet, worst)}</div><div><h3>What now?</h3>${measures(worst)}</div></div>${others(sheet)}${certainty(sheet)}`
    : '<p>No incident was found in this evidence. That is a statement about these records only; the section Issues and limits says what they cannot show.</p>';
  return `<section class="summary" id="s-summary">${heading(sheet, 's-summary')}${body}</section>`;
}

function lead({ clock, zone, model }: Sheet, { incident, findings, timelineTotal }: ReportIncident): string {
  const accounts = incident.accounts.length;
  const extent = `${count(timelineTotal)} records, ${count(findings.length)} findings and ${accounts} ${accounts === 1 ? 'account' : 'accounts'}`;
  const rest = model.incidents.length - 1;
  return `<p class="lead">${severityMark(incident.severity)} <b>${escape(incident.title)}.</b> From ${clock(incident.first)} to ${clock(incident.last)} ${escape(zone)} (${duration(incident.first, incident.last)}); it rests on ${extent}.${rest > 0 ? ` ${rest} further ${rest === 1 ? 'incident is' : 'incidents are'} listed below.` : ''}</p>`;
}

function tiles({ model }: Sheet, { incident, findings }: ReportIncident): string {
  const severe = findings.filter((f) => severityRank(f.severity) >= severityRank('high')).length;
  const records = model.evidence.sources.reduce((sum, s) => sum + s.unique, 0);
  const unread = model.evidence.sources.reduce((sum, s) => sum + s.issueRecords, 0);
  const figures: [string, string][] = [
    [incident.severity, 'severity'],
    [duration(incident.first, incident.last), 'from first to last'],
    [`${severe} of ${findings.length}`, 'findings high or critical'],
    [String(incident.tactics.length), 'tactics seen'],
    [count(records), 'records examined'],
    [count(unread), 'records unreadable'],
  ];
  return `<div class="tiles">${figures.map(([figure, name]) => `<div><b>${escape(figure)}</b><span>${name}</span></div>`).join('')}</div>`;
}

/** The kill chain in the order of time: one line a tactic with its worst finding. */
function chain({ clock, zone }: Sheet, { findings, cited }: ReportIncident): string {
  const steps = TACTICS.flatMap(({ slug, name }) => {
    const own = findings.filter((f) => f.tactic === slug && f.kind !== 'baseline');
    const [worst] = [...own].sort(
      (a, b) => severityRank(b.severity) - severityRank(a.severity) || a.first.localeCompare(b.first),
    );
    if (!worst) return [];
    const first = own.reduce((min, f) => (f.first < min ? f.first : min), worst.first);
    return [{ name, worst, first, more: own.length - 1 }];
  }).sort((a, b) => a.first.localeCompare(b.first));
  const rows = steps.slice(0, CHAIN_ROWS).map(({ name, worst, first, more }) => {
    const label = cited.find((c) => c.findingId === worst.id)?.labels[0];
    return [
      clock(first),
      escape(name),
      `${escape(worst.title)}${more > 0 ? `, and ${more} more` : ''}`,
      severityMark(worst.severity),
      label ? `<span class="ex"><a href="#x-${label}">${label}</a></span>` : '',
    ];
  });
  return table(
    [
      { title: `First (${escape(zone)})`, kind: 'time', width: 17 },
      { title: 'Tactic', width: 17 },
      { title: 'What stands out' },
      { title: '', kind: 'mark', width: 13 },
      { title: 'Ex.', kind: 'tight', width: 7 },
    ],
    rows,
  );
}

function entry({ told, clock, zone }: Sheet, { index, incident }: ReportIncident): string {
  const first = incident.firstIntrusion;
  const [sentence] = incident.answers.where;
  if (!first)
    return `<p>${sentence ? `${told(sentence.text)} ${cite(index, sentence.exhibits)}` : 'These records do not show it.'}</p>`;
  return facts([
    ['When', `${clock(first.time)} ${escape(zone)} ${sentence ? cite(index, sentence.exhibits) : ''}`],
    ['As', escape(first.principal)],
    ['With', escape(first.credential)],
    ['From', escape(first.ip ?? 'an unknown address')],
    [
      'Confidence',
      `${Math.round(first.confidence * 100)} %${first.runnerUp ? '; a runner-up is named in the answers' : ''}`,
    ],
  ]);
}

/** The measures that cannot wait, by their names. */
function measures({ index, incident }: ReportIncident): string {
  const steps = incident.answers.prevent;
  const urgent = [
    ...steps.filter((s) => s.phase === 'contain'),
    ...steps.filter((s) => s.phase !== 'contain'),
  ].slice(0, MEASURES);
  const rest = steps.length - urgent.length;
  return `<ol class="measures">${urgent.map((s) => `<li>${escape(s.text.split(/: |\. /)[0] ?? s.text)}</li>`).join('')}</ol><p class="note">${rest > 0 ? `${rest} further steps and all` : 'All'} commands are in the <a href="#s-remediation-${index}">checklist</a>.</p>`;
}

/** What a reader must know before relying on the page. */
function certainty({ model, clock, zone }: Sheet): string {
  const { evidence, scope } = model;
  const unread = evidence.sources.reduce((sum, s) => sum + s.issueRecords, 0);
  const cut = evidence.blind.filter((b) => b.error === null).length;
  const lines = [
    scope.first && scope.last
      ? `The evidence runs from ${clock(scope.first)} to ${clock(scope.last)} ${escape(zone)} (${evidence.sources.map((s) => escape(s.source)).join(', ')}). What happened before or after, or in a log that was not handed over, is not in it.`
      : '',
    unread + evidence.issues.length > 0
      ? `${count(Math.max(unread, evidence.issues.length))} records or files could not be read.`
      : 'Every record that was handed over could be read.',
    cut > 0
      ? `${count(cut)} calls switched a log off, narrowed or deleted it: from then on, silence proves nothing.`
      : 'No call switched a log off, narrowed or deleted it.',
    evidence.gaps.length > 0
      ? `Of ${count(evidence.gaps.length)} ${evidence.gaps.length === 1 ? 'time' : 'times'} records are missing or may be, by a log, an account or a Region; the case lists each with its cause.`
      : '',
  ].filter(Boolean);
  return `<h3>How sure is this?</h3><ul>${lines.map((l) => `<li>${l}</li>`).join('')}</ul>`;
}

function others({ model, clock, zone }: Sheet): string {
  const rest = model.incidents.slice(1);
  const rows = rest
    .slice(0, OTHERS)
    .map(({ index, incident: i }) => [
      `<a href="#s-incident-${index}">${index}</a>`,
      severityMark(i.severity),
      escape(i.title),
      clock(i.first),
      count(i.findingIds.length),
    ]);
  const more = rest.length - rows.length;
  const list = table(
    [
      { title: 'No.', kind: 'num', width: 5 },
      { title: '', kind: 'mark', width: 13 },
      { title: 'Further incidents' },
      { title: `First (${escape(zone)})`, kind: 'time', width: 17 },
      { title: 'Findings', kind: 'num', width: 9 },
    ],
    rows,
  );
  return `${list}${more > 0 ? `<p class="note">${more} more are told in the sections that follow.</p>` : ''}`;
}
