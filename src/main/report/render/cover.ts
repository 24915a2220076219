import { severityRank } from '../../../shared/model/severity';
import type { Sheet } from './context';
import { escape } from './escape';
import { headings } from './headings';

export function cover({ model, clock, zone }: Sheet): string {
  const { head, scope } = model;
  const rows: [string, string | null][] = [
    ['Prepared for', head.client],
    ['Prepared by', [head.examiner, head.organisation].filter(Boolean).join(', ') || null],
    ['Reference', head.reference],
    ['Case', model.case.name],
    ['Case id', model.case.id],
    [
      'Evidence covers',
      scope.first && scope.last
        ? `${clock(scope.first)} to ${clock(scope.last)} ${zone}`
        : 'no dated records',
    ],
    ['Incidents', incidentCount(model)],
    ['Written', `${clock(model.writtenAt)} ${zone}`],
  ];
  const told = rows.flatMap(([name, value]) =>
    value === null ? [] : [`<dt>${name}</dt><dd>${escape(value)}</dd>`],
  );
  const logo = head.logo === null ? '' : `<img class="logo" alt="" src="${escape(head.logo)}">`;
  const kind = {
    executive: 'Cloud incident report - executive edition',
    technical: 'Cloud incident report',
    evidence: 'Cloud incident report - with evidence appendix',
  }[head.audience];
  const note = head.redaction.length === 0 ? '' : ` Replaced by pseudonyms: ${head.redaction.join(', ')}.`;
  return `<div class="cover"><div class="band"></div><div class="body">${logo}<div class="kicker">${kind}</div><h1>${escape(model.title)}</h1><dl>${told.join('')}</dl></div><div class="foot"><b>${escape(head.classification)}.</b> For the addressee only.${note}<br>${model.tool.name} ${escape(model.tool.version)}, ${model.tool.rules} detections, ATT&amp;CK ${model.tool.attack}</div></div>`;
}

function incidentCount({ incidents }: Sheet['model']): string {
  const worst = [...incidents].sort(
    (a, b) => severityRank(b.incident.severity) - severityRank(a.incident.severity),
  )[0];
  return worst ? `${incidents.length}, the worst is ${worst.incident.severity}` : 'none found';
}

export function contents({ model, pages }: Sheet): string {
  const rows = headings(model).map(
    ({ id, number, title, level }) =>
      `<li class="${level === 2 ? 'sub' : ''}"><a href="#${id}"><span class="no">${number}</span>${escape(title)}</a><span class="dots"></span><span>${pages.get(id) ?? ''}</span></li>`,
  );
  return `<section id="s-contents"><h1>Contents</h1><ul class="toc">${rows.join('')}</ul></section>`;
}
