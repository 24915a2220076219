import { REPORT_SECTIONS, type ReportSection } from '../../../shared/model/report';
import { severityRank } from '../../../shared/model/severity';
import type { ReportIncident, ReportModel } from '../model';
import { sectionsOf } from '../options';

interface Heading {
  readonly id: string;
  /** `2.1`, or a letter for an appendix. */
  readonly number: string;
  readonly title: string;
  readonly level: 1 | 2;
}
type Part = Omit<Heading, 'number'>;

/** Incidents that are told with timeline, graph and entities; later ones of lower severity are told in short. */
const TOLD_IN_FULL = 6;

function isFull({ index, incident }: ReportIncident): boolean {
  return index <= TOLD_IN_FULL || severityRank(incident.severity) >= severityRank('high');
}

const APPENDICES: readonly ReportSection[] = ['records', 'files'];
/** Parts of an incident, and those that only an incident told in full has. */
const OF_INCIDENT: readonly ReportSection[] = ['timeline', 'graph', 'findings', 'entities', 'remediation'];
const IN_FULL: readonly ReportSection[] = ['timeline', 'graph', 'entities'];

/** The sections of a report in order: what the table of contents and the outline of the PDF show. */
export function headings(model: ReportModel): Heading[] {
  const chosen = sectionsOf(model.head);
  const isWritten = model.notes.length + model.hypotheses.length > 0;
  const has = (id: ReportSection) => chosen.has(id) && (id !== 'notes' || isWritten);
  const of = (ids: readonly ReportSection[]) =>
    REPORT_SECTIONS.filter((s) => ids.includes(s.id) && has(s.id));
  const part = ({ id, title }: { readonly id: string; readonly title: string }): Part => ({
    id: `s-${id}`,
    title,
    level: 1,
  });
  const rest = REPORT_SECTIONS.map((s) => s.id).filter(
    (id) => id !== 'summary' && !OF_INCIDENT.includes(id) && !APPENDICES.includes(id),
  );
  const numbered = number([
    ...of(['summary']).map(part),
    ...model.incidents.flatMap((r) => incidentParts(r, of(OF_INCIDENT))),
    ...of(rest).map(part),
  ]);
  const appendices = of(APPENDICES).map((s, i) => ({ ...part(s), number: String.fromCharCode(65 + i) }));
  return [...numbered, ...appendices];
}

/** Whether the report prints the section of this id. */
export function isPrinted(model: ReportModel, id: string): boolean {
  return headings(model).some((h) => h.id === id);
}

function incidentParts(
  r: ReportIncident,
  parts: readonly { readonly id: ReportSection; readonly title: string }[],
): Part[] {
  const { index, incident } = r;
  const sub = (id: string, title: string): Part => ({ id: `s-${id}-${index}`, title, level: 2 });
  const own = parts.filter((p) => isFull(r) || !IN_FULL.includes(p.id));
  return [
    { id: `s-incident-${index}`, title: `Incident ${index}: ${incident.title}`, level: 1 },
    sub('answers', 'Answers'),
    ...own.map((p) => sub(p.id, p.title)),
  ];
}

function number(parts: readonly Part[]): Heading[] {
  let section = 0;
  let below = 0;
  return parts.map((part) => {
    if (part.level === 1) {
      section += 1;
      below = 0;
      return { ...part, number: String(section) };
    }
    below += 1;
    return { ...part, number: `${section}.${below}` };
  });
}
