import {
  ofTemplate,
  type ReportHead,
  type ReportOrder,
  type ReportTemplate,
} from '../../../shared/contract/report';
import { sectionsFor, type Audience, type Redaction, type ReportSection } from '../../../shared/model/report';
import { recall, remember } from '../../workbench/memory';

const KEY = 'report';
const START: ReportHead = {
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

/** The report that is being put together: what goes in, and how it is told. */
export class ReportDraft {
  head = $state.raw<ReportHead>({ ...START, ...remembered() });
  /** Null: all of them. */
  incidentIds = $state.raw<readonly string[] | null>(null);

  readonly sections = $derived(new Set(this.head.sections ?? sectionsFor(this.head.audience)));
  readonly order: ReportOrder = $derived({
    ...this.head,
    incidentIds: this.incidentIds === null ? null : [...this.incidentIds],
  });

  /** Changes the head; what is of the organisation is kept for the next report. */
  set(changed: Partial<ReportHead>): void {
    this.head = { ...this.head, ...changed };
    remember(KEY, JSON.stringify(ofTemplate(this.head)));
  }

  /** Another audience brings its own sections. */
  setAudience(audience: Audience): void {
    this.set({ audience, sections: null });
  }

  toggleSection(id: ReportSection, on: boolean): void {
    const chosen = new Set(this.sections);
    if (on) chosen.add(id);
    else chosen.delete(id);
    const own = sectionsFor(this.head.audience);
    const isOwn = own.length === chosen.size && own.every((s) => chosen.has(s));
    this.set({ sections: isOwn ? null : [...chosen] });
  }

  toggleRedaction(kind: Redaction, on: boolean): void {
    const rest = this.head.redaction.filter((k) => k !== kind);
    this.set({ redaction: on ? [...rest, kind] : rest });
  }

  /** Choosing the last one of all, or none, chooses all again. */
  toggleIncident(id: string, on: boolean, all: readonly string[]): void {
    const chosen = new Set(this.incidentIds ?? []);
    if (on) chosen.add(id);
    else chosen.delete(id);
    this.incidentIds =
      chosen.size === 0 || chosen.size === all.length ? null : all.filter((i) => chosen.has(i));
  }

  use(template: ReportTemplate): void {
    this.set(ofTemplate(template));
  }

  template(name: string): ReportTemplate {
    return { coldtrailReport: 1, name, ...ofTemplate(this.head) };
  }
}

/** What was kept of the last report. A zone or section that is not known any more is refused where it is used. */
function remembered(): Partial<ReportHead> {
  try {
    const kept: unknown = JSON.parse(recall(KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

const drafts = new Map<string, ReportDraft>();

/** The draft of a case, as it was left. */
export function draftOf(caseId: string): ReportDraft {
  let draft = drafts.get(caseId);
  if (draft === undefined) {
    draft = new ReportDraft();
    drafts.set(caseId, draft);
  }
  return draft;
}
