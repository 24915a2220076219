import type { ReportModel } from '../model';
import { appendix } from './appendix';
import { glossary, issues, method, signatures } from './closing';
import { sheetOf } from './context';
import { contents, cover } from './cover';
import { escape } from './escape';
import { evidence } from './evidence';
import { exhibits } from './exhibits';
import { incidentSection } from './incident';
import css from './style.css?raw';
import { notes } from './notes';
import { summary } from './summary';
import { techniques } from './techniques';

/** The report as one self-contained page for printing. `pages` gives the page of each section, when known. */
export function renderReportHtml(model: ReportModel, pages: ReadonlyMap<string, number>): string {
  const sheet = sheetOf(model, pages);
  const body = [
    cover(sheet),
    contents(sheet),
    summary(sheet),
    ...model.incidents.map((r) => incidentSection(sheet, r)),
    techniques(sheet),
    notes(sheet),
    model.head.audience === 'executive' ? '' : exhibits(sheet),
    evidence(sheet),
    issues(sheet),
    method(sheet),
    glossary(sheet),
    signatures(sheet),
    appendix(sheet),
  ].join('\n');
  // The executive edition names exhibits that only the technical one prints.
  const text =
    model.head.audience === 'executive' ? body.replace(/<a href="#x-[^"]+">([^<]*)<\/a>/g, '$1') : body;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(model.title)}</title><style>${css}</style></head><body>${text}</body></html>`;
}
