import type { CitedText, Exhibit } from '../../../shared/model/exhibit';
import { TACTICS, tacticRank } from '../../../shared/model/tactic';
import type { ReportIncident, ReportModel } from '../model';
import { breakable, escape } from './escape';
import { bytes, count, duration, shortTime } from './format';
import { graphFigure, hiddenNodes } from './graph-figure';
import css from './style.css?raw';
import { timelineFigure } from './timeline-figure';

/** Files of the evidence list that the PDF prints; the JSON report holds all. */
const FILE_ROWS = 400;
/** Lines of a record that an exhibit prints. */
const RECORD_LINES = 60;

interface Heading {
  readonly id: string;
  readonly title: string;
  readonly level: 1 | 2;
}

/** The sections of a report in order: what the table of contents and the outline of the PDF show. */
export function headings(model: ReportModel): Heading[] {
  return [
    { id: 's-answers', title: 'Summary and answers', level: 1 },
    { id: 's-evidence', title: 'Scope and evidence', level: 1 },
    ...model.incidents.flatMap(({ index, incident }): Heading[] => [
      { id: `s-incident-${index}`, title: `Incident ${index}: ${incident.title}`, level: 1 },
      { id: `s-timeline-${index}`, title: 'Timeline', level: 2 },
      { id: `s-graph-${index}`, title: 'Graph', level: 2 },
      { id: `s-findings-${index}`, title: 'Findings', level: 2 },
      { id: `s-remediation-${index}`, title: 'Containment, recovery and prevention', level: 2 },
    ]),
    { id: 's-techniques', title: 'Tactics and techniques', level: 1 },
    { id: 's-exhibits', title: 'Exhibits', level: 1 },
    { id: 's-issues', title: 'Issues and limits', level: 1 },
    { id: 's-method', title: 'Method, terms and signature', level: 1 },
  ];
}

/** The report as one self-contained page for printing. `pages` gives the page of each section, when known. */
export function renderReportHtml(model: ReportModel, pages: ReadonlyMap<string, number>): string {
  const body = [
    cover(model),
    contents(model, pages),
    answersSection(model),
    evidence(model),
    ...model.incidents.map(incidentSection),
    techniques(model),
    exhibits(model),
    issues(model),
    method(model),
  ].join('\n');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(model.title)}</title><style>${css}</style></head><body>${body}</body></html>`;
}

function cover(model: ReportModel): string {
  const rows = [
    ['Case', model.case.name],
    ['Case id', model.case.id],
    [
      'Evidence covers',
      model.scope.first && model.scope.last
        ? `${shortTime(model.scope.first)} to ${shortTime(model.scope.last)} UTC`
        : 'no dated records',
    ],
    ['Incidents', String(model.incidents.length)],
    ['Written', `${shortTime(model.writtenAt)} UTC`],
  ].map(([name, value]) => `<dt>${name ?? ''}</dt><dd>${escape(value ?? '')}</dd>`);
  return `<div class="cover"><div class="band"></div><div class="body"><div class="kicker">Cloud incident report</div><h1>${escape(model.title)}</h1><dl>${rows.join('')}</dl></div><div class="foot">Made with ${model.tool.name} ${model.tool.version}, ${model.tool.rules} detections, ATT&amp;CK ${model.tool.attack}. Confidential: for the addressee only.</div></div>`;
}

function contents(model: ReportModel, pages: ReadonlyMap<string, number>): string {
  const rows = headings(model).map(
    ({ id, title, level }) =>
      `<li class="${level === 2 ? 'sub' : ''}"><a href="#${id}">${escape(title)}</a><span class="dots"></span><span>${pages.get(id) ?? ''}</span></li>`,
  );
  return `<h1>Contents</h1><ul class="toc">${rows.join('')}</ul>`;
}

function cite(index: number, list: readonly Exhibit[]): string {
  if (list.length === 0) return '';
  return ` <span class="ex">[Ex. ${list.map((e) => `<a href="#x-${index}-${e.n}">${index}-${e.n}</a>`).join(', ')}]</span>`;
}

function answer(title: string, index: number, sentences: readonly CitedText[]): string {
  return `<div class="answer"><h2>${title}</h2><ol>${sentences.map((s) => `<li>${escape(s.text)}${cite(index, s.exhibits)}</li>`).join('')}</ol></div>`;
}

function answersSection(model: ReportModel): string {
  const [first] = model.incidents;
  const rows = model.incidents.map(
    ({ index, incident: i }) =>
      `<tr><td class="num">${index}</td><td><span class="sev ${i.severity}">${i.severity}</span></td><td>${escape(i.title)}</td><td class="time">${shortTime(i.first)}</td><td class="time">${shortTime(i.last)}</td><td class="num">${count(i.findingIds.length)}</td></tr>`,
  );
  const list =
    rows.length > 0
      ? `<table><thead><tr><th class="num">No.</th><th>Severity</th><th>Incident</th><th>First (UTC)</th><th>Last (UTC)</th><th class="num">Findings</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
      : '<p>No incident was found in this evidence. That is a statement about these records only; section Issues and limits says what they cannot show.</p>';
  const answers = first
    ? answer('How did it happen?', first.index, first.incident.answers.how) +
      answer('Where was the first intrusion?', first.index, first.incident.answers.where)
    : '';
  return `<section id="s-answers"><h1>Summary and answers</h1>${list}${answers}</section>`;
}

function evidence(model: ReportModel): string {
  const e = model.evidence;
  const sources = e.sources.map(
    (s) =>
      `<tr><td>${escape(s.source)}</td><td class="num">${count(s.files)}</td><td class="num">${count(s.records)}</td><td class="num">${count(s.unique)}</td><td class="num">${count(s.duplicates)}</td><td class="num">${count(s.issueRecords)}</td><td class="time">${s.first ? shortTime(s.first) : ''}</td><td class="time">${s.last ? shortTime(s.last) : ''}</td></tr>`,
  );
  const places = e.sources.map(
    (s) =>
      `<p class="note">${escape(s.source)}: accounts ${escape(s.accounts.join(', '))}; Regions ${escape(s.regions.join(', '))}</p>`,
  );
  const files = e.files
    .slice(0, FILE_ROWS)
    .map(
      (f) =>
        `<tr><td>${breakable(f.path)}</td><td class="num">${bytes(f.bytes)}</td><td class="num">${count(f.records)}</td><td class="mono">${f.sha256.replace(/(.{32})/, '$1<wbr>')}</td></tr>`,
    );
  const more =
    e.files.length > FILE_ROWS
      ? `<p class="note">${count(e.files.length - FILE_ROWS)} more files are listed with their hashes in the JSON form of this report.</p>`
      : '';
  const states = e.states.map((s) => `${count(s.files)} ${escape(s.state)}`).join(', ');
  return `<section id="s-evidence"><h1>Scope and evidence</h1><p>Files looked at: ${states}. Records are counted once; copies were delivered more than once with the same id and content.</p><table><thead><tr><th>Source</th><th class="num">Files</th><th class="num">Records</th><th class="num">Unique</th><th class="num">Copies</th><th class="num">Issues</th><th>First (UTC)</th><th>Last (UTC)</th></tr></thead><tbody>${sources.join('')}</tbody></table>${places.join('')}<h2>Files and SHA-256</h2><table><thead><tr><th>File</th><th class="num">Size</th><th class="num">Records</th><th>SHA-256</th></tr></thead><tbody>${files.join('')}</tbody></table>${more}</section>`;
}

function incidentSection(r: ReportIncident): string {
  const { incident: i, index } = r;
  const f = i.firstIntrusion;
  const facts: [string, string][] = [
    ['Severity', `<span class="sev ${i.severity}">${i.severity}</span> score ${i.score}`],
    ['Time', `${shortTime(i.first)} to ${shortTime(i.last)} UTC (${duration(i.first, i.last)})`],
    ['Accounts', escape(i.accounts.join(', '))],
    [
      'Records',
      `${count(r.timelineTotal)} of ${count(r.findings.length)} findings and their hostile strands`,
    ],
    ...(f
      ? ([
          ['First intrusion', `${shortTime(f.time)} UTC, event <code>${escape(f.eventId ?? '-')}</code>`],
          ['Principal', breakable(f.principal)],
          [
            'Credential',
            `<code>${escape(f.credential)}</code> from <code>${escape(f.ip ?? '-')}</code>, confidence ${f.confidence.toFixed(2)}`,
          ],
          ...(f.runnerUp
            ? [
                [
                  'Runner-up',
                  `${breakable(f.runnerUp.principal)} from <code>${escape(f.runnerUp.ip ?? '-')}</code>: ${escape(f.runnerUp.why)}`,
                ],
              ]
            : []),
        ] as [string, string][])
      : []),
  ];
  const chain = i.tactics
    .map((t) => `<span>${TACTICS.find((k) => k.slug === t)?.name ?? escape(t)}</span>`)
    .join('<i>&rsaquo;</i>');
  const answers =
    index === 1
      ? ''
      : answer('How did it happen?', index, i.answers.how) +
        answer('Where was the first intrusion?', index, i.answers.where);
  return `<section id="s-incident-${index}"><h1>Incident ${index}: ${escape(i.title)}</h1><dl class="facts">${facts.map(([k, v]) => `<dt>${k}</dt><dd>${v}</dd>`).join('')}</dl><div class="chain">${chain}</div>${answers}${timeline(r)}${graph(r)}${findings(r)}${entities(r)}${remediation(r)}</section>`;
}

function timeline(r: ReportIncident): string {
  const rows = r.timeline.map(
    (e) =>
      `<tr><td class="time">${shortTime(e.time)}</td><td>${e.severity ? `<span class="sev ${e.severity}">${e.severity}</span>` : ''}</td><td>${breakable(e.action)}${e.error ? ` <b>${escape(e.error)}</b>` : ''}</td><td>${breakable((e.principal ?? '').replace(/^arn:aws:(iam|sts)::/, ''))}</td><td>${escape(e.ip ?? '')}</td></tr>`,
  );
  const cut =
    r.timelineTotal > r.timeline.length
      ? `<p class="note">${count(r.timeline.length)} of ${count(r.timelineTotal)} records are printed, flagged ones first; the case holds all.</p>`
      : '';
  return `<h2 id="s-timeline-${r.index}">Timeline</h2><figure>${timelineFigure(r.timeline)}<figcaption>Records by tactic over time (UTC). A cross is a call that failed; grey marks are records of the same hand that no rule names.</figcaption></figure>${cut}<table><thead><tr><th>Time (UTC)</th><th>Severity</th><th>Action</th><th>Who</th><th>From</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function graph(r: ReportIncident): string {
  const hidden = hiddenNodes(r.graph);
  return `<h2 id="s-graph-${r.index}">Graph</h2><figure>${graphFigure(r.graph)}<figcaption>Who did what, with which credential, from where, to what.${hidden > 0 ? ` ${hidden} less busy nodes are not drawn.` : ''}</figcaption></figure>`;
}

function findings(r: ReportIncident): string {
  const rows = r.findings.map(
    (f) =>
      `<tr><td><span class="sev ${f.severity}">${f.severity}</span></td><td>${escape(f.title)}<br><span class="note">${escape(f.description)}</span></td><td>${escape(f.techniques.join(', '))}</td><td class="time">${shortTime(f.first)}</td><td class="num">${count(f.count)}</td><td>${escape(f.provider)}</td></tr>`,
  );
  return `<h2 id="s-findings-${r.index}">Findings</h2><table><thead><tr><th>Severity</th><th>Finding</th><th>Technique</th><th>First (UTC)</th><th class="num">Records</th><th>From</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function entities(r: ReportIncident): string {
  const rows = r.incident.entities
    .slice(0, 60)
    .map(
      (e) =>
        `<tr><td>${e.type}</td><td>${breakable(e.id)}</td><td>${e.role}</td><td class="num">${count(e.events)}</td></tr>`,
    );
  return `<h2>Involved entities</h2><table><thead><tr><th>Kind</th><th>Id</th><th>Part</th><th class="num">Records</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function remediation(r: ReportIncident): string {
  const steps = r.incident.answers.prevent.map(
    (s) =>
      `<div class="step"><p><b>${s.phase}</b> ${escape(s.text)}${cite(r.index, s.exhibits)}</p>${s.commands.length > 0 ? `<pre>${escape(s.commands.join('\n'))}</pre>` : ''}</div>`,
  );
  return `<h2 id="s-remediation-${r.index}">Containment, recovery and prevention</h2><p class="note">Commands are shown with the names found in the evidence; they were not run. Names in angle brackets are not in the evidence.</p>${steps.join('')}`;
}

function techniques(model: ReportModel): string {
  const tactics = [...new Set(model.techniques.map((t) => t.tactic))].sort(
    (a, b) => tacticRank(a) - tacticRank(b),
  );
  const cells = tactics.map(
    (tactic) =>
      `<div><b>${TACTICS.find((t) => t.slug === tactic)?.name ?? 'Other'}</b>${model.techniques
        .filter((t) => t.tactic === tactic)
        .map((t) => `<p>${t.id} ${escape(t.name)} (${t.findings})</p>`)
        .join('')}</div>`,
  );
  return `<section id="s-techniques"><h1>Tactics and techniques</h1><p>ATT&amp;CK ${model.tool.attack}; in brackets the number of findings.</p><div class="matrix">${cells.join('')}</div></section>`;
}

function exhibits(model: ReportModel): string {
  const rows = model.exhibits.map((x) => {
    const lines = x.record.split('\n');
    const shown = lines.slice(0, RECORD_LINES).join('\n');
    const more =
      lines.length > RECORD_LINES ? `\n... ${lines.length - RECORD_LINES} more lines in the original` : '';
    return `<div class="exhibit" id="x-${x.label}"><h3>Exhibit ${x.label}</h3><p class="meta">${escape(x.kind)} record ${x.recordNo} of ${breakable(x.file)}<br>SHA-256 <code>${x.sha256}</code>${x.eventId ? `<br>id <code>${escape(x.eventId)}</code>` : ''}<br>${x.exact ? 'Read from the original; indentation added, secrets masked.' : 'The original could not be read; rebuilt from the case.'}</p><pre>${escape(shown + more)}</pre></div>`;
  });
  return `<section id="s-exhibits"><h1>Exhibits</h1>${rows.join('') || '<p>None.</p>'}</section>`;
}

function issues(model: ReportModel): string {
  const rows = model.evidence.issues.map(
    (i) =>
      `<tr><td>${breakable(i.file)}</td><td>${escape(i.code)}</td><td class="num">${i.recordNo ?? ''}</td><td>${escape(i.detail)}</td></tr>`,
  );
  const gaps = model.evidence.gaps.map(
    (g) =>
      `<tr><td>${escape(g.account)}</td><td>${escape(g.region)}</td><td>${g.from}</td><td>${g.to}</td></tr>`,
  );
  return `<section id="s-issues"><h1>Issues and limits</h1><h2>What could not be read</h2>${rows.length > 0 ? `<table><thead><tr><th>File</th><th>Code</th><th class="num">Record</th><th>What is wrong</th></tr></thead><tbody>${rows.join('')}</tbody></table>` : '<p>Every record could be read.</p>'}<h2>Days without records</h2>${gaps.length > 0 ? `<table><thead><tr><th>Account</th><th>Region</th><th>From</th><th>To</th></tr></thead><tbody>${gaps.join('')}</tbody></table>` : '<p>No silent day inside the activity of an account and Region.</p>'}<h2>Limits</h2><ul><li>The report speaks of the opened records only. An action that no log of the bundle records cannot appear.</li><li>CloudTrail data events, DNS queries and host logs show what management events do not: object reads, lookups, commands on hosts.</li><li>VPC flow logs do not show traffic to the instance metadata service, Amazon DNS, DHCP or mirrored traffic.</li><li>The choice of the first intrusion is a score over facts with a runner-up; it is a lead to be confirmed, not a proof.</li></ul></section>`;
}

function method(model: ReportModel): string {
  return `<section id="s-method"><h1>Method, terms and signature</h1><p>Originals were hashed (SHA-256) in the same read that imported them and were not changed. Records were de-duplicated on id and content. ${model.tool.rules} detections in the Sigma language and statistical detectors were run; findings were grouped by shared credentials, principals, addresses and targets with damping and time decay; the entry was scored over strands of credential, network and tool. Nothing was sent over a network.</p><dl class="facts"><dt>Finding</dt><dd>Records that a rule, a detector or a provider flags, folded by rule, principal, network and day.</dd><dt>Strand</dt><dd>The calls of one first credential from one network with one tool.</dd><dt>Exhibit</dt><dd>A record with its file, position and the hash of the file, cited by number.</dd></dl><div class="sign"><div>Examiner, date</div><div>Reviewer, date</div></div></section>`;
}
