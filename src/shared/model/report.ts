export const AUDIENCES = ['executive', 'technical', 'evidence'] as const;
/** executive: without tables of records; technical: everything a reader checks; evidence: with every cited record in full. */
export type Audience = (typeof AUDIENCES)[number];

interface Section {
  readonly id: string;
  readonly title: string;
  /** The editions that hold it when nobody chose. */
  readonly in: readonly Audience[];
}

/** The parts of a report that may be chosen, in their order; cover, contents and the three answers are always there. */
export const REPORT_SECTIONS = [
  { id: 'summary', title: 'Executive summary', in: AUDIENCES },
  { id: 'timeline', title: 'Timeline', in: AUDIENCES },
  { id: 'graph', title: 'Graph', in: AUDIENCES },
  { id: 'findings', title: 'Findings', in: ['technical', 'evidence'] },
  { id: 'entities', title: 'Entities', in: ['technical', 'evidence'] },
  { id: 'remediation', title: 'Remediation checklist', in: AUDIENCES },
  { id: 'techniques', title: 'Tactics and techniques', in: AUDIENCES },
  { id: 'notes', title: "Analysts' notes", in: AUDIENCES },
  { id: 'exhibits', title: 'Exhibits', in: ['technical', 'evidence'] },
  { id: 'evidence', title: 'Evidence, coverage and gaps', in: AUDIENCES },
  { id: 'issues', title: 'Issues and limits', in: AUDIENCES },
  { id: 'method', title: 'Method and versions', in: AUDIENCES },
  { id: 'glossary', title: 'Glossary', in: AUDIENCES },
  { id: 'sign', title: 'Signatures', in: AUDIENCES },
  { id: 'records', title: 'Appendix: cited records in full', in: ['evidence'] },
  { id: 'files', title: 'Appendix: files and their hashes', in: ['evidence'] },
] as const satisfies readonly Section[];
export type ReportSection = (typeof REPORT_SECTIONS)[number]['id'];
export const REPORT_SECTION_IDS = REPORT_SECTIONS.map((s) => s.id);

/** The sections of an edition. */
export function sectionsFor(audience: Audience): ReportSection[] {
  return REPORT_SECTIONS.filter((s) => (s.in as readonly Audience[]).includes(audience)).map((s) => s.id);
}

/** What pseudonyms can stand for; secrets are masked whatever is chosen. */
export const REDACTIONS = ['accounts', 'names', 'addresses', 'keys', 'resources'] as const;
export type Redaction = (typeof REDACTIONS)[number];

export const REPORT_FORMATS = ['pdf', 'html', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
