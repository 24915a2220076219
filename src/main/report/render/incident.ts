import type { EntityRole } from '../../../shared/model/entity';
import type { CitedAction, CitedText } from '../../../shared/model/exhibit';
import type { IncidentEntity } from '../../../shared/model/incident';
import { TACTICS } from '../../../shared/model/tactic';
import type { ReportIncident } from '../model';
import { cite, citeLabels, type Sheet } from './context';
import { breakable, escape } from './escape';
import { count, duration, shortArn } from './format';
import { graphFigure, leftOut } from './graph-figure';
import { isPrinted } from './headings';
import { heading } from './section';
import { facts, severityMark, table } from './table';
import { timelineFigure } from './timeline-figure';

/** Entities of one part and kind that the PDF prints of an incident; the JSON holds all. */
const ENTITY_ROWS = 12;
const ROLES: readonly EntityRole[] = ['actor', 'credential', 'address', 'tool', 'target', 'account'];
const tacticName = (slug: string) => TACTICS.find((t) => t.slug === slug)?.name ?? 'Other';

export function incidentSection(sheet: Sheet, r: ReportIncident): string {
  const part = (id: string, draw: typeof timeline) =>
    isPrinted(sheet.model, `s-${id}-${r.index}`) ? draw(sheet, r) : '';
  const parts = [
    heading(sheet, `s-incident-${r.index}`),
    card(sheet, r),
    answers(sheet, r),
    part('timeline', timeline),
    part('graph', graph),
    part('findings', findings),
    part('entities', entities),
    part('remediation', remediation),
  ];
  return `<section id="s-incident-${r.index}">${parts.join('')}</section>`;
}

function card({ clock, zone }: Sheet, { incident: i, timelineTotal, findings: all }: ReportIncident): string {
  const links = i.links.length;
  return (
    facts([
      ['Severity', `${severityMark(i.severity)} score ${Math.round(i.score)} of 100`],
      ['Time', `${clock(i.first)} to ${clock(i.last)} ${escape(zone)} (${duration(i.first, i.last)})`],
      ['Accounts', escape(i.accounts.join(', '))],
      [
        'Rests on',
        `${count(all.length)} findings and ${count(timelineTotal)} records: those of its findings and those of its hostile strands`,
      ],
      [
        'Group',
        links === 0
          ? ''
          : `held together by ${links} links; stability ${i.stability.toFixed(2)} of 1 when the thresholds are shaken${i.stability < 0.7 ? ' (loose)' : ''}`,
      ],
    ]) +
    `<div class="chain">${i.tactics.map((t) => `<span>${escape(tacticName(t))}</span>`).join('<i>&#8250;</i>')}</div>`
  );
}

function sentences(sheet: Sheet, index: number, list: readonly CitedText[]): string {
  return `<ol>${list.map((s) => `<li>${sheet.told(s.text)} ${cite(index, s.exhibits)}</li>`).join('')}</ol>`;
}

function further(sheet: Sheet, index: number, question: string, said: readonly CitedText[]): string {
  return said.length === 0
    ? ''
    : `<div class="answer"><h3>${question}</h3>${sentences(sheet, index, said)}</div>`;
}

function answers(sheet: Sheet, { index, incident }: ReportIncident): string {
  const { how, where, prevent, could, unknown } = incident.answers;
  const reasons = incident.firstIntrusion?.reasons ?? [];
  const why =
    reasons.length > 0 ? `<p class="note">Why this one: ${reasons.map(escape).join('; ')}.</p>` : '';
  return `${heading(sheet, `s-answers-${index}`)}<div class="answer"><h3>How did it happen?</h3>${sentences(sheet, index, how)}</div><div class="answer"><h3>Where was the first intrusion?</h3>${sentences(sheet, index, where)}${why}</div><div class="answer"><h3>What now, and how to prevent it?</h3><p>${prevent.length} steps, from preserving evidence to prevention, with their commands: <a href="#s-remediation-${index}">Remediation checklist</a>.</p></div>${further(sheet, index, 'What else could these credentials do?', could)}${further(sheet, index, 'What is not known, and which log would tell?', unknown)}`;
}

function timeline(sheet: Sheet, r: ReportIncident): string {
  const { clock, zone, model } = sheet;
  const figure = `<figure>${timelineFigure(r.moments, { clock, first: r.incident.firstIntrusion?.time ?? null })}<figcaption>Activity by tactic over time (${escape(zone)}); the size of a mark grows with its records. A cross failed. Grey: of the same hand, named by no rule. Dashed: the first hostile call.</figcaption></figure>`;
  const cut =
    r.momentsTotal > r.moments.length
      ? `<p class="note">${count(r.moments.length)} of ${count(r.momentsTotal)} runs of like records are printed, flagged and severe ones first; the case holds all ${count(r.timelineTotal)} records.</p>`
      : '';
  const rows = r.moments.map((m) => [
    clock(m.time),
    severityMark(m.severity),
    `${breakable(m.action.replace('.amazonaws.com', ''))}${m.records > 1 ? ` <b>&times;${count(m.records)}</b>` : ''}${m.error ? ` <span class="bad">${escape(m.error)}</span>` : ''}`,
    breakable(shortArn(m.principal ?? '')),
    escape(m.ip ?? ''),
  ]);
  const list =
    model.head.audience === 'executive'
      ? ''
      : cut +
        table(
          [
            { title: `Time (${escape(zone)})`, kind: 'time', width: 17 },
            { title: 'Severity', kind: 'mark', width: 12 },
            { title: 'Action', width: 29 },
            { title: 'Who' },
            { title: 'From', width: 14 },
          ],
          rows,
        );
  return `${heading(sheet, `s-timeline-${r.index}`)}${figure}${list}`;
}

function graph(sheet: Sheet, r: ReportIncident): string {
  const hidden = leftOut(r.graph);
  return `<div class="whole">${heading(sheet, `s-graph-${r.index}`)}<figure>${graphFigure(r.graph)}<figcaption>From where, with which credential, who, what happened, to what. Findings of one rule are drawn once.${hidden > 0 ? ` ${count(hidden)} less telling nodes are not drawn; the case holds all.` : ''}</figcaption></figure></div>`;
}

function findings(sheet: Sheet, r: ReportIncident): string {
  const labels = new Map(r.cited.map((c) => [c.findingId, c.labels]));
  const rows = r.findings.map((f) => [
    severityMark(f.severity),
    `${escape(f.title)}${f.provider === 'coldtrail' ? '' : ` <span class="note">${escape(f.provider)}</span>`}`,
    escape(f.techniques.join(' ')),
    sheet.clock(f.first),
    count(f.count),
    citeLabels(labels.get(f.id) ?? []),
  ]);
  const list = table(
    [
      { title: '', kind: 'mark', width: 12 },
      { title: 'Finding' },
      { title: 'Technique', kind: 'tight', width: 11 },
      { title: `First (${escape(sheet.zone)})`, kind: 'time', width: 18 },
      { title: 'Records', kind: 'num', width: 8 },
      { title: 'Exhibits', kind: 'tight', width: 17 },
    ],
    rows,
  );
  return `${heading(sheet, `s-findings-${r.index}`)}${list}`;
}

function entities(sheet: Sheet, r: ReportIncident): string {
  const groups = new Map<string, IncidentEntity[]>();
  for (const e of r.incident.entities) {
    const key = `${e.role}\n${e.type}`;
    groups.set(key, [...(groups.get(key) ?? []), e]);
  }
  const rows = [...groups.values()]
    .sort((a, b) => ROLES.indexOf(a[0]?.role ?? 'tool') - ROLES.indexOf(b[0]?.role ?? 'tool'))
    .flatMap((group) => {
      const shown = group.slice(0, ENTITY_ROWS);
      const more = group.length - shown.length;
      const own = shown.map((e) => [
        escape(e.role),
        escape(e.type),
        breakable(shortArn(e.id)),
        count(e.events),
      ]);
      return more > 0
        ? [
            ...own,
            ['', '', `<span class="note">and ${count(more)} more of this kind, in the JSON form</span>`, ''],
          ]
        : own;
    });
  return `${heading(sheet, `s-entities-${r.index}`)}${table([{ title: 'Part', width: 13 }, { title: 'Kind', width: 14 }, { title: 'Id' }, { title: 'Records', kind: 'num', width: 10 }], rows)}`;
}

const PHASES: readonly (readonly [CitedAction['phase'], string])[] = [
  ['preserve', 'Preserve'],
  ['contain', 'Contain'],
  ['eradicate', 'Eradicate'],
  ['recover', 'Recover'],
  ['prevent', 'Prevent'],
];

function remediation(sheet: Sheet, r: ReportIncident): string {
  const steps = r.incident.answers.prevent;
  const executive = sheet.model.head.audience === 'executive';
  const groups = PHASES.map(([phase, title]) => {
    const own = steps.filter((s) => s.phase === phase);
    return own.length === 0
      ? ''
      : `<h3>${title}</h3>${own.map((s) => step(sheet, r.index, s, !executive)).join('')}`;
  });
  const note = executive
    ? ''
    : '<p class="note">Commands carry the names found in the evidence and were not run. Names in angle brackets are not in the evidence and must be filled in.</p>';
  return `${heading(sheet, `s-remediation-${r.index}`)}${note}${groups.join('')}`;
}

function step(sheet: Sheet, index: number, s: CitedAction, commands: boolean): string {
  const list =
    commands && s.commands.length > 0
      ? `<pre>${s.commands.map((c) => `<span class="cmd">${escape(c)}</span>`).join('\n')}</pre>`
      : '';
  return `<div class="step"><p>${sheet.told(s.text)} ${cite(index, s.exhibits)}</p>${list}</div>`;
}
