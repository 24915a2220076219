import { severityRank } from '../../../shared/model/severity';
import type { ReportIncident, ReportModel } from '../model';

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

export function isFull({ index, incident }: ReportIncident): boolean {
  return index <= TOLD_IN_FULL || severityRank(incident.severity) >= severityRank('high');
}

/** The sections of a report in order: what the table of contents and the outline of the PDF show. */
export function headings(model: ReportModel): Heading[] {
  const parts: Part[] = [
    { id: 's-summary', title: 'Executive summary', level: 1 },
    ...model.incidents.flatMap((r) => incidentParts(r, model)),
    { id: 's-techniques', title: 'Tactics and techniques', level: 1 },
  ];
  if (model.notes.length > 0) parts.push({ id: 's-notes', title: "Analysts' notes", level: 1 });
  if (model.head.audience !== 'executive') parts.push({ id: 's-exhibits', title: 'Exhibits', level: 1 });
  parts.push(
    { id: 's-evidence', title: 'Evidence, coverage and gaps', level: 1 },
    { id: 's-issues', title: 'Issues and limits', level: 1 },
    { id: 's-method', title: 'Method and versions', level: 1 },
    { id: 's-glossary', title: 'Glossary', level: 1 },
    { id: 's-sign', title: 'Signatures', level: 1 },
  );
  const numbered = number(parts);
  if (model.head.audience === 'evidence')
    numbered.push(
      { id: 's-records', number: 'A', title: 'Appendix: cited records in full', level: 1 },
      { id: 's-files', number: 'B', title: 'Appendix: files and their hashes', level: 1 },
    );
  return numbered;
}

function incidentParts(r: ReportIncident, { head }: ReportModel): Part[] {
  const { index, incident } = r;
  const sub = (id: string, title: string): Part => ({ id: `s-${id}-${index}`, title, level: 2 });
  const executive = head.audience === 'executive';
  return [
    { id: `s-incident-${index}`, title: `Incident ${index}: ${incident.title}`, level: 1 },
    sub('answers', 'Answers'),
    ...(isFull(r) ? [sub('timeline', 'Timeline'), sub('graph', 'Graph')] : []),
    ...(executive ? [] : [sub('findings', 'Findings')]),
    ...(executive || !isFull(r) ? [] : [sub('entities', 'Entities')]),
    sub('remediation', 'Remediation checklist'),
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
