import type { ReportHead } from '../../shared/contract/report';
import { sectionsFor, type ReportSection } from '../../shared/model/report';

export const DEFAULT_HEAD: ReportHead = {
  audience: 'technical',
  sections: null,
  zone: 'UTC',
  client: null,
  examiner: null,
  organisation: null,
  reference: null,
  classification: 'Confidential',
  logo: null,
  redaction: [],
};

/** The sections that a report holds: the chosen ones, else those of its audience. */
export function sectionsOf({ sections, audience }: ReportHead): ReadonlySet<ReportSection> {
  return new Set(sections ?? sectionsFor(audience));
}
